-- Disputes that the parties do not resolve by the MOU's own process: they are put to DHCS, in a request that says what it must.

local add_contents = recogniser(form.tables.request_content, "name")

-- For `when`: whether a Request for Resolution has been made.
local function was_requested(dispute, submission)
  return happened(dispute.requested, submission:judged_on()), "no resolution has been requested of DHCS"
end

-- For the examples: a dispute of 2024-05-02 under an MOU with this party; others is put into its row.
local function disputed(others, party)
  local row = { county = "Mono", party = party or "WIC", raised = "2024-05-02" }
  for name, value in pairs(others) do
    row[name] = value
  end
  return { agreement = { { county = "Mono", party = party or "WIC", executed = "2024-02-15" } }, dispute = { row } }
end

rule "mou.dispute-put-to-dhcs" {
  title    = "A dispute that the MOU's own process did not resolve is put to DHCS",
  citation = "EE.1144 III.C.2: “If a failure to resolve a dispute according to the processes and timeframes in the MOU should "
          .. "occur, CalOptima Health shall submit a written “Request for Resolution” to DHCS”",
  remedy   = "Submit the request, or enter the day on which the dispute was resolved.",
  why      = "No source names the day by which: one that was not put to DHCS yet is for a person to judge.",
  each     = "record",
  record   = "dispute",
  level    = "warning",

  when = function(dispute, submission)
    local day = submission:judged_on()
    if happened(dispute.resolved, day) then
      return happened(dispute.requested, day), "it was resolved"
    end
    return happened(dispute.failed, day), "the MOU's own process has not run out"
  end,

  check = function(dispute, submission)
    local cell = dispute:cell("requested")
    if happened(dispute.requested, submission:judged_on()) then
      return pass("on %s", dispute.requested):at(cell)
    end
    return review("the MOU's own process ran out on %s, and no resolution has been requested", dispute.failed):at(cell)
  end,

  examples = {
    { state = "pass", as_of = "2024-09-01", records = disputed { failed = "2024-07-01", requested = "2024-09-01" },
      at = "2024-09-01" },
    { state = "review", as_of = "2024-09-01", records = disputed { failed = "2024-07-01", requested = "2024-09-02" },
      at = "2024-09-02" },
    { state = "review", as_of = "2024-07-01", records = disputed { failed = "2024-07-01", resolved = "2024-07-02" },
      expected_here = true },
    { state = "pass", as_of = "2024-12-01",
      records = disputed { failed = "2024-07-01", requested = "2024-09-01", resolved = "2024-12-01" } },
    { state = "not-applicable", as_of = "2024-07-02", records = disputed { failed = "2024-07-01", resolved = "2024-07-02" } },
    { state = "not-applicable", as_of = "2024-06-30", records = disputed { failed = "2024-07-01" } },
    { state = "not-applicable", as_of = "2024-06-30", records = disputed {} },
  },
}

rule "mou.dispute-request-signed" {
  title    = "A Request for Resolution is signed by the plan's Chief Executive Officer or a designee",
  citation = "EE.1144 III.C.2.a: “Be signed by CalOptima Health’s Chief Executive Officer (CEO) or the CEO’s designee”",
  remedy   = "Have it signed by the Chief Executive Officer or a designee, and enter who did.",
  each     = "record",
  record   = "dispute",
  level    = "error",
  review_level = "warning",

  when = was_requested,

  check = function(dispute)
    local cell = dispute:cell("signed_by")
    if cell.blank then
      return instead(present(cell), "review")
    elseif not dispute.signed_by then
      return not_applicable("the role could not be read, which has its own finding"):at(cell)
    elseif not dispute.signed_by.requests then
      return fail("%s signs no such request", dispute.signed_by.name):at(cell)
    end
    return pass("%s", dispute.signed_by.name):at(cell)
  end,

  examples = {
    { state = "pass", as_of = "2024-09-01", records = disputed { requested = "2024-09-01", signed_by = "CEO" }, at = "CEO" },
    { state = "pass", as_of = "2024-09-01", records = disputed { requested = "2024-09-01", signed_by = "CEO's designee" } },
    { state = "fail", as_of = "2024-09-01", records = disputed { requested = "2024-09-01", signed_by = "Plan Liaison" },
      at = "Plan Liaison" },
    { state = "fail", as_of = "2024-09-01", records = disputed { requested = "2024-09-01", signed_by = "COO" } },
    { state = "review", as_of = "2024-09-01", records = disputed { requested = "2024-09-01" }, expected_here = true },
    { state = "not-applicable", unreadable = true,
      as_of = "2024-09-01", records = disputed { requested = "2024-09-01", signed_by = "a clerk" } },
    { state = "not-applicable", as_of = "2024-08-31", records = disputed { requested = "2024-09-01", signed_by = "COO" } },
  },
}

rule "mou.dispute-request-contents" {
  title    = "A Request for Resolution includes issues, remedies, history and justification",
  citation = "EE.1144 III.C.2.b to d: “Include a summary of the disputed issue(s) and a statement of the desired remedies …”, "
          .. "“Include a history of the attempts to resolve the issue(s) …”, “Include justification for the desired remedy”",
  remedy   = "Add what is missing to the request, or to the register's list where the request has it.",
  each     = "record",
  record   = "dispute",
  level    = "error",
  review_level = "warning",

  when = was_requested,

  check = function(dispute)
    local cell, there, missing, unknown = dispute:cell("contents"), {}, {}, {}
    if cell.blank then
      return instead(present(cell), "review")
    elseif not dispute.contents then
      return not_applicable("it could not be read, which has its own finding"):at(cell)
    end
    for _, element in ipairs(dispute.contents) do
      if not add_contents(element, there) then
        table.insert(unknown, element)
      end
    end
    for _, content in ipairs(form.tables.request_content) do
      if not there[content.name] then
        table.insert(missing, ("%s (%s)"):format(content.name, content.citation))
      end
    end
    return of_list(cell, missing, unknown, "request")
  end,

  examples = {
    { state = "pass", as_of = "2024-09-01", records = disputed { requested = "2024-09-01", contents = {
      "a summary of the disputed issue(s) and a statement of the desired remedies, including any disputed services that have "
        .. "been or are expected to be delivered to a Member",
      "a history of the attempts to resolve the issue(s) with the Third-Party Entity",
      "justification for the desired remedy" } } },
    { state = "fail", as_of = "2024-09-01", message = "history of the attempts (EE.1144 III.C.2.c)", records = disputed {
      requested = "2024-09-01", contents = { "summary of the issue", "remedies sought", "justification" } } },
    { state = "review", as_of = "2024-09-01", message = "justification", records = disputed { requested = "2024-09-01",
      contents = { "summary of the issue", "desired remedies", "history of attempts", "no justification" } } },
    { state = "review", as_of = "2024-09-01", message = "history", records = disputed { requested = "2024-09-01",
      contents = { "summary of the issue", "desired remedies", "DHCS requires a history of attempts", "justification" } } },
    { state = "fail", as_of = "2024-09-01",
      records = disputed { requested = "2024-09-01", contents = { "N/A" } } },
    { state = "not-applicable", unreadable = true,
      as_of = "2024-09-01", records = disputed { requested = "2024-09-01", contents = "all of it" } },
    { state = "review", as_of = "2024-09-01", message = "“what we ask for” is none of the others", at = "what we ask for",
      records = disputed { requested = "2024-09-01",
        contents = { "summary of the issue", "what we ask for", "history of attempts", "justification" } } },
    { state = "fail", as_of = "2024-09-01", message = "not in the request: desired remedies", records = disputed {
      requested = "2024-09-01", contents = { "summary of the issue", "history of attempts", "justification" } } },
    { state = "review", as_of = "2024-09-01", records = disputed { requested = "2024-09-01" }, expected_here = true },
    { state = "not-applicable", as_of = "2024-08-31", records = disputed { requested = "2024-09-01" } },
  },
}

-- The first mention of these words that the text does not deny ("not about CCS"), or nil.
local function undenied(text, words)
  return text:mentions(words):where(function(mention) return not mention.denied end):first()
end

-- Whether a dispute is with the County CCS Program: true, false, or nil where the party is that and more and only the issue tells.
local function is_with_ccs(dispute, party)
  if party.ccs ~= "part" then
    return party.ccs == "all"
  elseif dispute.issue and undenied(dispute.issue, party.wcm_bars_about) then
    return true
  end
  return nil
end

-- The two addresses, in whatever case they are written.
local ccs_address = phrases { tostring(form.ccs_address):lower() }
local general_address = phrases { tostring(form.dispute_address):lower() }

rule "mou.dispute-request-address" {
  title    = "A Request for Resolution goes to the address that DHCS has for it",
  citation = "EE.1144 III.C.2.f: “secure e-mail to CCSProgram@dhcs.ca.gov for disputes between CalOptima Health and the County CCS "
          .. "Program”; g: “secure email to MCPMOUS@dhcs.ca.gov excluding disputes from the County CCS Program”",
  remedy   = "Send it to that address, and enter the address.",
  each     = "record",
  record   = "dispute",
  level    = "error",
  review_level = "warning",

  when = function(dispute, submission)
    local requested, reason = was_requested(dispute, submission)
    if not requested then
      return false, reason
    end
    return dispute.owner and dispute.owner.party, "its party is not known"
  end,

  check = function(dispute)
    local cell = dispute:cell("sent_to")
    if not cell.answered then
      return instead(present(cell), "review")
    end
    local with_ccs = is_with_ccs(dispute, dispute.owner.party)
    local has_ccs, has_general = undenied(cell.text, ccs_address), undenied(cell.text, general_address)
    for _, mention in ipairs { has_ccs or has_general, has_general or has_ccs } do
      if not mention.sure then
        return review("it is not said for sure that it was sent to %s", mention):at(mention)
      end
    end
    if not has_ccs and not has_general then
      return fail("it is neither %s nor %s", form.dispute_address, form.ccs_address):at(cell)
    elseif with_ccs == nil then
      return has_general and pass():at(cell) or review("that is right only where the dispute is with the County CCS Program")
        :at(cell)
    elseif with_ccs and not has_ccs or not with_ccs and not has_general then
      return fail("it is %s for this dispute", with_ccs and form.ccs_address or form.dispute_address):at(cell)
    end
    return pass():at(cell)
  end,

  examples = {
    { state = "pass", as_of = "2024-09-01",
      records = disputed { requested = "2024-09-01", sent_to = "MCPMOUS@dhcs.ca.gov" }, at = "MCPMOUS@dhcs.ca.gov" },
    { state = "pass", as_of = "2024-09-01", records = disputed { requested = "2024-09-01", sent_to = "mcpmous@dhcs.ca.gov" } },
    { state = "fail", as_of = "2024-09-01", message = "it is MCPMOUS@dhcs.ca.gov",
      records = disputed { requested = "2024-09-01", sent_to = "CCSProgram@dhcs.ca.gov" } },
    { state = "fail", as_of = "2024-09-01", message = "neither",
      records = disputed { requested = "2024-09-01", sent_to = "the contract manager" } },
    -- Where it did not go, may go, or DHCS wants it; and what stands in for an answer.
    { state = "fail", as_of = "2024-09-01", message = "neither",
      records = disputed { requested = "2024-09-01", sent_to = "Not sent to MCPMOUS@dhcs.ca.gov." } },
    { state = "fail", as_of = "2024-09-01", message = "neither", records = disputed { requested = "2024-09-01",
      sent_to = "Requests shall not be sent to MCPMOUS@dhcs.ca.gov." } },
    { state = "fail", as_of = "2024-09-01", message = "it is MCPMOUS@dhcs.ca.gov", records = disputed {
      requested = "2024-09-01", sent_to = "CCSProgram@dhcs.ca.gov, not MCPMOUS@dhcs.ca.gov" } },
    { state = "review", as_of = "2024-09-01", message = "not said for sure", records = disputed {
      requested = "2024-09-01", sent_to = "It may be sent to MCPMOUS@dhcs.ca.gov." } },
    { state = "review", as_of = "2024-09-01", message = "stands for an answer",
      records = disputed { requested = "2024-09-01", sent_to = "TBD" } },
    { state = "review", as_of = "2024-09-01", records = disputed({ requested = "2024-09-01",
      sent_to = "CCSProgram@dhcs.ca.gov", issue = "Payment of TB DOT; it is not about CCS." }, "LHD") },
    { state = "pass", as_of = "2024-09-01", records = disputed({ requested = "2024-09-01",
      sent_to = "CCSProgram@dhcs.ca.gov" }, "WCM") },
    { state = "fail", as_of = "2024-09-01", message = "it is CCSProgram@dhcs.ca.gov",
      records = disputed({ requested = "2024-09-01", sent_to = "MCPMOUS@dhcs.ca.gov" }, "WCM") },
    { state = "pass", as_of = "2024-09-01",
      records = disputed({ requested = "2024-09-01", sent_to = "MCPMOUS@dhcs.ca.gov", issue = "payment of TB DOT" }, "LHD") },
    { state = "review", as_of = "2024-09-01",
      records = disputed({ requested = "2024-09-01", sent_to = "CCSProgram@dhcs.ca.gov" }, "LHD") },
    { state = "pass", as_of = "2024-09-01", records = disputed({ requested = "2024-09-01",
      sent_to = "CCSProgram@dhcs.ca.gov", issue = "CCS authorizations" }, "LHD") },
    { state = "fail", as_of = "2024-09-01", records = disputed({ requested = "2024-09-01",
      sent_to = "MCPMOUS@dhcs.ca.gov", issue = "California Children’s Services authorizations" }, "LHD") },
    { state = "review", as_of = "2024-09-01", records = disputed { requested = "2024-09-01" }, expected_here = true },
    { state = "not-applicable", as_of = "2024-08-31", records = disputed { requested = "2024-09-01", sent_to = "nobody" } },
    { state = "not-applicable", unreadable = true, as_of = "2024-09-01",
      records = disputed({ requested = "2024-09-01", sent_to = "nobody" }, "WICK") },
  },
}
