-- expect: fuel
-- a file that never ends loading
while true do end
