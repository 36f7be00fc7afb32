-- What a rule can be followed through: functions of the file, a loop, and an error in the middle.
local function first_long(words)
  for number = 1, #words do
    if #tostring(words[number]) > 4 then
      return words[number]
    end
  end
  return nil
end

local function name_of(field)
  return field.text.nothing
end

rule "weak.raises" {
  title    = "A name is given",
  citation = "Template, header: “Plan”",
  remedy   = "Name it.",
  each     = "submission",
  level    = "error",
  check    = function(submission)
    local long = first_long(submission.fields.county.words)
    local name = name_of(submission.fields.plan)
    return all_of(present(submission.fields.county), present(name), present(long))
  end,
}
