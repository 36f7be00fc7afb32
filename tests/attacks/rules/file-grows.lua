-- expect: memory|fuel
-- a file that allocates without end while loading
local t = {}
while true do t[#t + 1] = ("x"):rep(1000) .. #t end
