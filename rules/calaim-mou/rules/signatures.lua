-- Who signed: somebody for either side, in a role that may sign, by the day on which the memorandum was executed.

-- For the examples: a memorandum executed on 2024-02-01 with these signatures, each { role, day, name }.
local function signed(signatures, ended)
  local records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", ended = ended } }, signature = {} }
  for number, signature in ipairs(signatures) do
    local role, day, name = table.unpack(signature)
    records.signature[number] =
      { county = "Mono", party = "WIC", role = role, name = name or ("Person %s"):format(number), date = day }
  end
  return records
end

-- A signature for the plan and one for the party by two people, as far as there are: the pair for which it is least doubtful, and
-- what is known of their being one person: nil, "perhaps" or "yes".
local function pair_of(for_plan, for_party)
  local plan, party, answer
  for _, one in ipairs(for_plan) do
    for _, other in ipairs(for_party) do
      local known = one.name and other.name and same_person(one.name, other.name) or false
      if not plan or answer == "yes" and known ~= "yes" or answer and not known then
        plan, party, answer = one, other, known
      end
    end
  end
  return plan, party, answer or nil
end

rule "mou.signed-by-both" {
  title    = "An executed MOU is signed for the plan and for the party",
  citation = "EE.1144 III.A.1: “Each MOU shall include, at minimum, general provisions listed in the Base Template”; this pack's "
          .. "reading: it is executed when both have signed",
  remedy   = "Enter the signature; where there is none, the MOU has not been executed. One person signs for one of the two.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  review_level = "warning",

  when = is_executed,

  check = function(agreement, submission)
    local by_side, unread = { plan = {}, party = {}, subcontractor = {} }, nil
    for _, signature in ipairs(up_to(agreement:rows("signature"), "date", submission:judged_on())) do
      if signature.role and signature:cell("name").answered then
        table.insert(by_side[signature.role.side], signature)
      else
        unread = signature
      end
    end
    local plan, party, one_person = pair_of(by_side.plan, by_side.party)
    if plan and one_person then
      local verdict = one_person == "yes" and fail("“%s” signs for both", party.name)
        or review("“%s” and “%s” may be one person", party.name, plan.name)
      return verdict:at(party:cell("name")):see(plan:cell("name"), "for the plan")
    elseif plan then
      return pass("signed by %s and %s", plan.name, party.name)
    end
    if unread then
      return not_applicable("the role or the name of a signature could not be read, which has its own finding"):at(unread:cell("role"))
    end
    local missing = by_side.plan[1] and "for the party" or by_side.party[1] and "for the plan" or "by anybody"
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
    { state = "pass", unreadable = true, as_of = "2024-02-01",
      records = signed { { "CEO", "2024-01-30" }, { "Director", "2024-02-01" }, { "Clerk", "2024-02-01" } } },
    { state = "not-applicable", unreadable = true, as_of = "2024-02-01",
      records = signed { { "CEO", "2024-01-30" }, { "Clerk", "2024-02-01" } } },
    -- A name that is to come has signed nothing.
    { state = "not-applicable", as_of = "2024-02-01",
      records = signed { { "CEO", "2024-01-30", "TBD" }, { "Director", "2024-02-01" } } },
    -- One person for both, however the name is written; not where somebody else signed too.
    { state = "fail", as_of = "2024-02-01", at = "Ash, Ann", message = "signs for both",
      records = signed { { "CEO", "2024-01-30", "Ann Ash" }, { "Director", "2024-02-01", "Ash, Ann" } } },
    { state = "review", as_of = "2024-02-01", at = "A. Ash", message = "may be one person",
      records = signed { { "CEO", "2024-01-30", "Ann Ash" }, { "Director", "2024-02-01", "A. Ash" } } },
    { state = "review", as_of = "2024-02-01", at = "A. Ash", records = signed { { "CEO", "2024-01-30", "Ann Ash" },
      { "Director", "2024-02-01", "Ann Ash" }, { "Health Officer", "2024-02-01", "A. Ash" } } },
    { state = "pass", as_of = "2024-02-01", message = "Ann Ash and Bo Birch", records = signed {
      { "CEO", "2024-01-30", "Ann Ash" }, { "Director", "2024-02-01", "Ann Ash" }, { "Director", "2024-02-01", "Bo Birch" } } },
    { state = "pass", as_of = "2024-02-01", message = "Bo Birch and Ann Ash", records = signed {
      { "CEO", "2024-01-30", "Ann Ash" }, { "COO", "2024-01-30", "Bo Birch" }, { "Director", "2024-02-01", "Ann Ash" } } },
    { state = "not-applicable", as_of = "2024-01-31", records = signed {} },
    { state = "not-applicable", as_of = "2024-02-03", records = signed({}, "2024-02-02") },
    { state = "fail", as_of = "2024-02-02", records = signed({}, "2024-02-02") },
  },
}

rule "mou.ended-after-execution" {
  title    = "No MOU ends before the day of its execution",
  citation = "EE.1144 III.C.3: “unless the MOU is terminated”; this pack's reading: what has not been executed cannot end",
  remedy   = "Correct one of the two days.",
  each     = "record",
  record   = "agreement",
  level    = "error",

  when = function(agreement)
    local executed = agreement:cell("executed")
    return agreement.ended and (executed.value or executed.blank), "one of the two days is not known"
  end,

  check = function(agreement)
    if not agreement.executed then
      return fail("it ended, and was not executed"):at(agreement:cell("ended"))
    end
    return on_or_after(agreement:cell("ended"), agreement.executed, "last day"):see(agreement:cell("executed"), "the execution")
  end,

  examples = {
    { state = "pass", records = signed({}, "2024-02-01") },
    { state = "fail", records = signed({}, "2024-01-31"), at = "2024-01-31" },
    { state = "fail", records = { agreement = { { county = "Mono", party = "WIC", ended = "2024-01-31" } } }, at = "2024-01-31" },
    { state = "not-applicable", unreadable = true,
      records = { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-30", ended = "2024-01-31" } } } },
    { state = "not-applicable", records = signed {} },
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
