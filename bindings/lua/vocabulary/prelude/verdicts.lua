-- Verdicts made of verdicts.
local internal = ...

local function require_verdicts(verdicts)
  for number = 1, verdicts.n do
    if internal.kind(verdicts[number]) ~= "verdict" then
      error(("all_of needs verdicts; value %d is a %s"):format(number, internal.kind(verdicts[number])), 0)
    end
  end
end

-- The messages of passes that have one.
local function messages(verdicts)
  local said = {}
  for _, verdict in ipairs(verdicts) do
    if verdict.message ~= "" then
      table.insert(said, verdict.message)
    end
  end
  return table.concat(said, "; ")
end

-- Adds the working of each of verdicts but result itself, in order.
local function with_working(result, verdicts)
  for _, verdict in ipairs(verdicts) do
    if verdict ~= result then
      for _, step in ipairs(verdict.steps) do
        result:working("%s", step)
      end
    end
  end
  return result
end

-- The first of the days on which something falls due, to result.
local function with_due(result, verdicts)
  for _, verdict in ipairs(verdicts) do
    if verdict.due_on and (not result.due_on or verdict.due_on < result.due_on) then
      result:due(verdict.due_on)
    end
  end
  return result
end

--- all_of(verdict, ...): verdict
-- Passes when every verdict passes; else the first that does not, with its place and the working of all. A pass falls due
-- on the first day that one of them does.
local function all_of(...)
  local verdicts = table.pack(...)
  require_verdicts(verdicts)
  for _, verdict in ipairs(verdicts) do
    if verdict.state ~= "pass" then
      return with_working(verdict, verdicts)
    end
  end
  return with_due(with_working(pass("%s", messages(verdicts)), verdicts), verdicts)
end

local opposites = { review = "fail", fail = "review" }

--- instead(verdict, state: "fail" | "review"): verdict
-- The same verdict, with "fail" turned into "review", or back; a pass stays one.
local function instead(verdict, state)
  local replaced = opposites[state]
  if not replaced then
    error("instead turns a verdict into \"review\" or \"fail\"", 0)
  end
  return verdict.state == replaced and verdict:with_state(state) or verdict
end

return { all_of = all_of, instead = instead }
