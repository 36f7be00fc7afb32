-- That the executed memorandum stands on the plan's website, in time.

-- For the examples: a memorandum executed on 2024-02-01 that was posted then, and there.
local function executed(posted, url, ended)
  return { agreement = { { county = "Mono", party = "WIC", executed = "2024-02-01", posted = posted, posted_url = url,
                           ended = ended } } }
end

rule "mou.posted" {
  title    = "An executed MOU is posted within its term of calendar days",
  citation = "EE.1144 III.G.2.a: “within thirty (30) calendar days of MOU execution”",
  remedy   = "Post the MOU on the website, and enter the day.",
  each     = "record",
  record   = "agreement",
  level    = "error",
  review_level = "warning",

  when = was_executed,

  check = function(agreement, submission)
    local timer = term["MOU posted"]
    local deadline = agreement.executed:add(timer.number, timer.kind)
    local moot = ended_before(agreement, submission, agreement.posted, deadline)
    if moot then
      return moot
    end
    return done_by(agreement:cell("posted"), deadline, {
      as_of = submission:judged_on(), what = "posting",
      from = ("%d %s days from %s"):format(timer.number, timer.kind, agreement.executed),
    })
  end,

  examples = {
    { state = "pass", as_of = "2024-04-01", records = executed "2024-03-02", at = "2024-03-02" },
    { state = "fail", as_of = "2024-04-01", records = executed "2024-03-03", at = "2024-03-03", message = "1 day late" },
    { state = "fail", as_of = "2024-03-03", records = executed(), expected_here = true, message = "1 day ago" },
    { state = "review", as_of = "2024-03-02", records = executed(), expected_here = true, message = "today" },
    { state = "review", as_of = "2024-02-20", records = executed "2024-03-01" },
    { state = "not-applicable", as_of = "2024-04-01", records = executed(nil, nil, "2024-03-01") },
    { state = "fail", as_of = "2024-04-01", records = executed(nil, nil, "2024-03-02"), expected_here = true },
    { state = "pass", as_of = "2024-04-01", records = executed("2024-02-20", nil, "2024-02-25") },
    { state = "review", as_of = "2024-03-01", records = executed(nil, nil, "2024-03-01"), expected_here = true },
    { state = "not-applicable", unreadable = true, as_of = "2024-03-03",
      records = { agreement = { { county = "Mona", party = "WIC", executed = "2024-02-01" } } } },
    { state = "not-applicable", as_of = "2024-01-31", records = executed() },
  },
}

-- The address of a page, with a name of the web in it: "www.healthnet.com/mou".
local address = pattern([[\b[a-z0-9][a-z0-9-]*\.[a-z]{2,}\b]], "i")

local not_there = pattern([[\b(not|no\slonger|never|will|to\sbe|pending|soon)\b]], "i")

rule "mou.posted-where" {
  title    = "The register says where a posted MOU stands",
  citation = "EE.1144 III.A.2.k: “posting executed MOUs on CalOptima Health’s public-facing website”",
  remedy   = "Enter the address of the page.",
  each     = "record",
  record   = "agreement",
  level    = "note",

  when = function(agreement, submission)
    return happened(agreement.posted, submission:judged_on()), "it has not been posted"
  end,

  check = function(agreement)
    local cell = agreement:cell("posted_url")
    if cell.answered and (not cell.text:find(address) or cell.text:find(not_there)) then
      return review("“%s” is the address of no page that is there", cell.text):at(cell)
    end
    return instead(present(cell), "review")
  end,

  examples = {
    { state = "pass", as_of = "2024-02-09", records = executed("2024-02-09", "https://example.org/mou.pdf") },
    { state = "review", as_of = "2024-02-09", records = executed("2024-02-09", "TBD"), at = "TBD" },
    { state = "review", as_of = "2024-02-09", records = executed("2024-02-09", "not there yet"), at = "not there yet" },
    { state = "review", as_of = "2024-02-09", records = executed("2024-02-09", "https://example.org/mou.pdf, not yet there"),
      message = "not yet" },
    { state = "review", as_of = "2024-02-09", records = executed "2024-02-09", expected_here = true },
    { state = "not-applicable", as_of = "2024-02-08", records = executed "2024-02-09" },
  },
}
