-- Who signed: somebody for either side, in a role that may sign, by the day on which the memorandum was executed.

-- For `when`: whether the memorandum counts on the day judged by. One whose county or party could not be read is judged when it
-- can be.
local function is_executed(agreement, submission)
  if not (agreement.county and agreement.party) then
    return false, "its county or party could not be read, which has its own finding"
  end
  return happened(agreement.executed, submission:judged_on()), "it has not been executed"
end

-- For the examples: a memorandum executed on 2024-02-01 with these signatures, each { role, day }.
local function signed(signatures)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01" } }, signature = {} }
  for number, signature in ipairs(signatures) do
    records.signature[number] =
      { county = "Mono", party = "WIC", role = signature[1], name = "A. Person", date = signature[2] }
  end
  return records
end

rule "mou.signed-by-both" {
  title    = "An executed MOU is signed for the plan and for the party",
  citation = "EE.1144 III.A.1: “Each MOU shall include, at minimum, general provisions listed in the Base Template”; this pack's "
          .. "reading: it is executed when both have signed",
  remedy   = "Enter the signature; where there is none, the MOU has not been executed.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = is_executed,

  check = function(agreement, submission)
    local by_side, unread = {}, nil
    for _, signature in ipairs(up_to(agreement:rows("signature"), "date", submission:judged_on())) do
      if signature.role then
        by_side[signature.role.side] = signature
      else
        unread = signature
      end
    end
    if by_side.plan and by_side.party then
      return pass("signed by %s and %s", by_side.plan.name, by_side.party.name)
    end
    if unread then
      return not_applicable("the role of a signature could not be read, which has its own finding"):at(unread:cell("role"))
    end
    local missing = by_side.plan and "for the party" or by_side.party and "for the plan" or "by anybody"
    return fail("it is not signed %s", missing):at(agreement:cell("executed"))
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = signed { { "CEO", "2024-01-30" }, { "Director", "2024-02-01" } } },
    { state = "fail", as_of = "2024-02-01", records = signed { { "CEO", "2024-01-30" } }, message = "for the party",
      at = "2024-02-01" },
    { state = "fail", as_of = "2024-02-01", records = signed { { "Director", "2024-02-01" } }, message = "for the plan" },
    { state = "fail", as_of = "2024-02-01", records = signed {}, message = "by anybody" },
    { state = "fail", as_of = "2024-02-01", records = signed { { "CEO", "2024-01-30" }, { "Director", "2024-02-02" } },
      message = "for the party" },
    { state = "pass", as_of = "2024-02-01",
      records = signed { { "CEO", "2024-01-30" }, { "Director", "2024-02-01" }, { "Clerk", "2024-02-01" } } },
    { state = "not-applicable", as_of = "2024-02-01",
      records = signed { { "CEO", "2024-01-30" }, { "Clerk", "2024-02-01" } } },
    { state = "not-applicable", as_of = "2024-01-31", records = signed {} },
  },
}

rule "mou.signer-role" {
  title    = "Each signature is given in a role that may sign",
  citation = "EE.1144 IX, Designee: “is required to be in management or hold the appropriate qualifications”; the roles of "
          .. "tables.role are this pack's reading",
  remedy   = "Have it signed by the leadership, or enter the role in which that person signed.",
  each     = "record",
  record   = "signature",
  level    = "error",

  when = function(signature, submission)
    if not happened(signature.date, submission:judged_on()) then
      return false, "it is not signed yet"
    end
    return signature.role, "the role could not be read, which has its own finding"
  end,

  check = function(signature)
    local role = signature.role
    if role.signs then
      return pass("%s may sign", role.name):at(signature:cell("role"))
    end
    return fail("%s signs no MOU", role.name):at(signature:cell("role"))
  end,

  examples = {
    { state = "pass", as_of = "2024-02-01", records = signed { { "CEO designee", "2024-02-01" } }, at = "CEO designee" },
    { state = "fail", as_of = "2024-02-01", records = signed { { "Program Manager", "2024-02-01" } },
      at = "Program Manager" },
    { state = "fail", as_of = "2024-02-01", records = signed { { "MCP Liaison", "2024-02-01" } }, message = "Plan Liaison" },
    { state = "not-applicable", as_of = "2024-01-31", records = signed { { "Program Manager", "2024-02-01" } } },
  },
}

rule "mou.signed-by-execution" {
  title    = "Nobody signs after the day of execution",
  citation = "This pack's reading: an MOU is executed when the last party has signed",
  remedy   = "Correct the day of execution, or that of the signature.",
  each     = "record",
  record   = "signature",
  level    = "error",

  when = function(signature)
    return signature.date and signature.owner and signature.owner.executed, "one of the two days is not known"
  end,

  check = function(signature)
    return on_or_before(signature:cell("date"), signature.owner.executed, "day of the signature")
      :see(signature.owner:cell("executed"), "the execution")
  end,

  examples = {
    { state = "pass", as_of = "2024-03-01", records = signed { { "CEO", "2024-02-01" } }, at = "2024-02-01" },
    { state = "fail", as_of = "2024-03-01", records = signed { { "CEO", "2024-02-02" } }, at = "2024-02-02" },
    { state = "not-applicable", as_of = "2024-03-01",
      records = { agreement = { { county = "Mono", party = "WIC" } },
                  signature = { { county = "Mono", party = "WIC", role = "CEO", name = "A. Person", date = "2024-02-02" } } } },
  },
}
