-- A comment may say 17, and a text "18": neither is a number in the code.
local longest = 12
local never = pattern [[^zebra \d+$]]
local slow = pattern("(a+)+z", "i")
local in_a_case = pattern "bicycles"

rule "weak.target" {
  title    = "state the target",
  citation = "The template",
  remedy   = "State it.",
  each     = "response",
  level    = "error",
  replaces = { "weak.old" },
  parameters = {
    share = { type = "percentage", default = "20%", means = "The least share." },
    spare_share = { type = "percentage", default = "20%", means = "Asked for by nothing." },
  },
  when  = function(response) return response.item.target == 20, "no target" end,
  check = function(response, _, parameters)
    local largest = response.text:percentages():largest()
    if largest and largest.value == 30 then
      return pass()
    elseif response.text:find(never) or response.text:find(slow) or response.text:find(in_a_case) then
      return fail("odd")
    elseif response.item.id == "1" and #response.words == 5 and response.words:from(3) == "x" then
      return fail("more than %s", longest)
    end
    return at_least(largest, parameters.share)
  end,
}

rule "weak.old" {
  title    = "The plan is named",
  citation = "Template, header: “Plan",
  remedy   = "Name it.",
  each     = "submission",
  level    = "error",
  check    = function(submission) return present(submission.fields.plan) end,
  examples = {
    { state = "pass", fields = { plan = "Health Net" } },
    { state = "fail" },
  },
}

rule "weak.Old" {
  title    = "Plan name given",
  citation = "",
  remedy   = "Name it.",
  each     = "submission",
  level    = "error",
  check    = function(submission) return present(submission.fields.plan) end,
  examples = {
    { state = "pass", fields = { plan = "Health Net" } },
  },
}
