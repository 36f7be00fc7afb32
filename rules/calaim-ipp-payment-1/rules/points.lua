-- The points: those that the filer allocates, and those that the measures reported on can earn.

-- The table "MCP Discretionary Allocation of Remaining 300 points". A row that could not be read has its own finding, and
-- nothing is added up while there is one.
local function is_readable(allocation)
  return #allocation:where(function(row) return row.area and row.points end) == #allocation
end

local function points_entered(allocation)
  return allocation:map(function(row) return row.points end)
end

local function rows_for(section, allocation)
  return allocation:where(function(row) return row.area:equals(section.id) end)
end

-- Areas 1 to 3: the points of area 4 go "to either ECM or Community Supports (ILOS)".
local areas = form.sections:where(function(section) return section.points_needed end)
local points_needed = areas:map(function(section) return section.points_needed end):sum()

rule "ipp1.points-entered" {
  title    = "Discretionary points are entered once for each of the areas 1 to 3",
  citation = "Payment 1 template, table of priority areas: “MCP to enter point values in cells below”",
  remedy   = "Enter one number of points for each area, 0 where it gets none.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    return is_readable(submission.records.allocation), "a row of the table could not be read"
  end,

  check = function(submission)
    local allocation = submission.records.allocation
    if not allocation.given then
      return present(allocation)
    end
    for _, section in ipairs(areas) do
      local rows = rows_for(section, allocation)
      if #rows == 0 then
        return fail("no points are entered for area %s, %s", section.id, section.title):at(allocation)
      elseif #rows > 1 then
        return fail("points are entered %d times for area %s", #rows, section.id):at(rows[2]):see(rows[1], "the first")
      elseif rows[1].points < 0 then
        return fail("%s points are entered for area %s; enter 0 where it gets none", rows[1].points, section.id)
          :at(rows[1]:cell("points"))
      end
    end
    return pass()
  end,

  examples = {
    {
      state = "pass",
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "100" }, { area = "3", points = "100" },
      } },
    },
    {
      state = "fail",
      records = { allocation = { { area = "1", points = "150" }, { area = "2", points = "150" } } },
      message = "area 3",
    },
    {
      state = "fail",
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "50" },
        { area = "2", points = "50" }, { area = "3", points = "100" },
      } },
      message = "2 times",
    },
    {
      state = "fail",
      records = { allocation = {
        { area = "1", points = "-50" }, { area = "2", points = "150" }, { area = "3", points = "200" },
      } },
      at = "-50",
    },
    { state = "fail", expected_here = true },
    { state = "not-applicable", records = { allocation = { { area = "1" } } } },
  },
}

rule "ipp1.discretionary-total" {
  title    = "The discretionary points add up to what the form leaves to the plan",
  citation = "Payment 1 template, table of priority areas: “MCP Discretionary Allocation of Remaining 300 points”, "
          .. "“Total Points 700 300”",
  remedy   = "Correct the points, or give the allocation wanted and the reason in the box for more than 300 points.",
  each     = "submission",
  level    = "error",

  when = function(submission)
    if submission.fields.allocation_request.answered then
      return false, "the filing asks for an allocation of its own"
    end
    local allocation = submission.records.allocation
    return #allocation > 0 and is_readable(allocation), "points are not entered in every row"
  end,

  check = function(submission)
    local allocation = submission.records.allocation
    return sums_to(points_entered(allocation), form.discretionary_points, "discretionary points"):at(allocation)
  end,

  examples = {
    {
      state = "pass",
      records = { allocation = {
        { area = "1", points = "0" }, { area = "2", points = "50" }, { area = "3", points = "250" },
      } },
    },
    {
      state = "fail",
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "100" }, { area = "3", points = "110" },
      } },
      message = "310",
    },
    {
      state = "fail",
      fields = { allocation_request = "None." },
      records = { allocation = {
        { area = "1", points = "5,000" }, { area = "2", points = "0" }, { area = "3", points = "0" },
      } },
      message = "5000",
    },
    {
      state = "not-applicable",
      fields = { allocation_request = "We ask for 400 points for workforce." },
      records = { allocation = { { area = "3", points = "400" } } },
    },
    { state = "fail", records = { allocation = { { area = "3", points = "400" } } }, message = "400" },
    { state = "not-applicable", records = { allocation = { { area = "1", points = "300" }, { area = "2" } } } },
    { state = "not-applicable" },
  },
}

rule "ipp1.minimum-share" {
  title    = "Each priority area has at least its minimum percentage of the points",
  citation = "Payment 1 template, table of priority areas: “Percentage of Points Allocated to Each Priority Area”, "
          .. "“Minimum of 20%”, area 3 “Minimum of 30%”",
  remedy   = "Allocate more of the discretionary points to the area.",
  why      = "An area's points are those needed to earn Payment 1 and the discretionary points entered for it; the share is of "
          .. "all the points that the form has.",
  each     = "section",
  level    = "error",

  when = function(section, submission)
    if not section.minimum_share then
      return false, "the form prints no minimum for the area"
    end
    local allocation = submission.records.allocation
    return is_readable(allocation) and #rows_for(section, allocation) == 1, "the area has not one number of points"
  end,

  check = function(section, submission)
    local allocation = submission.records.allocation
    local row = rows_for(section, allocation):first()
    local area_points = section.points_needed + row.points
    return share_of(area_points, form.points_available, section.minimum_share):at(row:cell("points"))
  end,

  examples = {
    {
      state = "pass",
      section = "2",
      records = { allocation = {
        { area = "1", points = "150" }, { area = "2", points = "0" }, { area = "3", points = "150" },
      } },
    },
    -- 200 of the 1,000 points are 20%, whatever the others get; a point less is not enough.
    {
      state = "pass",
      section = "1",
      records = { allocation = {
        { area = "1", points = "0" }, { area = "2", points = "0" }, { area = "3", points = "600" },
      } },
    },
    {
      state = "fail",
      section = "1",
      records = { allocation = {
        { area = "1", points = "-1" }, { area = "2", points = "0" }, { area = "3", points = "301" },
      } },
      message = "19.9",
    },
    {
      state = "not-applicable",
      section = "1",
      records = { allocation = { { area = "1", points = "100" }, { area = "2" } } },
    },
    { state = "not-applicable", section = "4" },
  },
}

local asks_for_nothing = pattern([[
  \b ((do|does|will) \s not | don't | doesn't | not) \s (wish \s to \s | want \s to \s)? (request|requesting|ask|asking|need) \b
  | \b no \s (request|change|other \s allocation|additional \s points)
  | \b (withdraw(s|n|ing)? | retract\w* | rescind\w* | cancel\w* | disregard | ignore | drop(s|ped|ping)?) \b [^.;]{0,40} \b (request|ask|allocation|points)
  | \b (told|asked|advised|instructed) \b [^.;]{0,30} \b not \s to \b | \b (keep|leave) \b [^.;]{0,30} \b as \s (it|they) \s (is|are) \b ]], "ix")

-- Words in which an allocation is asked for, or the reason for it; and the points that are asked for in all.
local asks_for_points = pattern([[\b (points? | allocat\w+ | request\w* | ask\w* | shift\w* | mov(e|ing) | more | additional | extra | instead | priorit\w+ | workforce | because) \b]],
  "ix")
local points_said = pattern([[(?<! \d) (?<count> \d[\d,]*) \s+ ( (discretionary|total) \s+ )? points? \b (?! \s+ (more|extra|additional|above|beyond|on \s top|to \b|for \b|in \b|each)) ]], "ix")

-- The points that the box says are asked for in all; nil where it says none, or several.
local function points_asked_in(box)
  local asked
  for _, match in ipairs(box.text:matches(points_said)) do
    local count = match.count:counts():first() or match.text:counts():first()
    if count and count > form.discretionary_points and asked and not count:equals(asked.value) then
      return nil
    elseif count and count > form.discretionary_points then
      asked = count
    end
  end
  return asked
end

rule "ipp1.allocation-request" {
  title    = "The box for more than 300 points is filled in only for an allocation that differs",
  citation = "Payment 1 template, box under the table of priority areas: “Please describe (in the box below) the "
          .. "preferred allocation and reason if MCP is requesting allocation different from that above.”",
  remedy   = "Leave the box empty, or enter the points asked for.",
  each     = "submission",
  level    = "warning",

  when = function(submission)
    return submission.fields.allocation_request.answered, "the box says nothing: no other allocation is asked for"
  end,

  check = function(submission)
    local box = submission.fields.allocation_request
    local denied = box.text:find(asks_for_nothing)
    if denied then
      return review("the box says that nothing more is asked for: “%s”", denied):at(denied)
    end
    local total = points_entered(submission.records.allocation):sum()
    local asked = points_asked_in(box)
    if not box.text:find(asks_for_points) then
      return review("the box says nothing of another allocation: “%s”", box.text):at(box)
    elseif asked and not asked:equals(total) then
      return review("the box asks for %s points, and %s are entered", asked.value, total):at(asked)
    elseif total > form.points_available then
      return fail("%s points are asked for; there are %s in all", total, form.points_available)
        :at(submission.records.allocation)
    elseif total > form.discretionary_points then
      return pass("%s points are asked for, %s left to the plan", total, form.discretionary_points)
    end
    return review("the box asks for more than %s points, and %s are entered", form.discretionary_points, total):at(box)
  end,

  examples = {
    {
      state = "pass",
      fields = { allocation_request = "We ask for 50 points more for the workforce." },
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "150" }, { area = "3", points = "100" },
      } },
    },
    {
      state = "review",
      fields = { allocation_request = "We would like to keep the points as they are." },
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "100" }, { area = "3", points = "100" },
      } },
    },
    {
      state = "review",
      fields = { allocation_request = "We do not request more than 300 points." },
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "150" }, { area = "3", points = "100" },
      } },
      at = "do not request",
    },
    {
      state = "review",
      fields = { allocation_request = "We withdraw any request for more than 300 points." },
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "150" }, { area = "3", points = "300" },
      } },
      at = "withdraw any request for more than 300 points",
    },
    {
      state = "review",
      fields = { allocation_request = "350 points, please: the extra 50 go to ECM workforce." },
      records = { allocation = {
        { area = "1", points = "100" }, { area = "2", points = "200" }, { area = "3", points = "100" },
      } },
      message = "the box asks for 350 points, and 400 are entered",
    },
    {
      state = "review",
      fields = { allocation_request = "abc def" },
      records = { allocation = { { area = "2", points = "400" } } },
      message = "says nothing of another allocation",
    },
    -- All points there are, and one more.
    {
      state = "pass",
      fields = { allocation_request = "We ask for all points for the workforce." },
      records = { allocation = { { area = "1", points = "0" }, { area = "2", points = "1,000" }, { area = "3", points = "0" } } },
    },
    {
      state = "fail",
      fields = { allocation_request = "We ask for all points for the workforce." },
      records = { allocation = { { area = "1", points = "1" }, { area = "2", points = "1,000" }, { area = "3", points = "0" } } },
      message = "1001 points are asked for; there are 1000 in all",
    },
    -- What only stands in the box asks for nothing.
    {
      state = "not-applicable",
      fields = { allocation_request = "None." },
      records = { allocation = { { area = "1", points = "5,000" } } },
    },
  },
}

local function mandatory_points(section)
  return section.measures:where(function(measure) return measure.mandatory end)
    :map(function(measure) return measure.points end):sum()
end

local function reported_of(group)
  return group.measures:where(function(measure) return not measure.blank end)
end

rule "ipp1.narrative-points" {
  title    = "The measures reported on can earn all points of the narrative, an optional group's points once",
  citation = "Payment 1 template, at 1.2.6 and 1.2.10: “Report on One Optional Measure in ECM Provider Capacity "
          .. "Building Priority Area to Earn 30 Points”",
  remedy   = "Report on one measure of the group.",
  why      = "Of the points needed, those that no narrative measure carries are earned in the needs assessment.",
  each     = "submission",
  level    = "warning",
  judges   = "groups.ecm-optional.choose",

  when = function(submission)
    for _, measure in ipairs(submission.measures) do
      if measure.mandatory and measure.blank then
        return false, "a mandatory measure is not reported on, which has its own finding"
      end
    end
    return true
  end,

  check = function(submission)
    local verdict = pass()
    local missed = form.groups:where(function(group) return #reported_of(group) < group.choose end):first()
    if missed then
      verdict = fail("%s points are not earned: %s of %s is reported on", missed.points, #reported_of(missed),
                     missed.measures):at(missed.measures:first())
    end
    local mandatory = 0
    for _, section in ipairs(submission.sections) do
      local points = mandatory_points(section)
      verdict:working("area %s, mandatory measures: %s points", section.id, points)
      mandatory = mandatory + points
    end
    local optional = 0
    for _, group in ipairs(form.groups) do
      if group ~= missed then
        verdict:working("%s, reported on: %s points, once", reported_of(group), group.points)
        optional = optional + group.points
      end
    end
    return verdict:working("%s + %s = %s of the %s points needed, of %s in all", mandatory, optional,
      mandatory + optional, points_needed, form.points_available)
  end,

  examples = {
    { state = "pass", complete = true },
    -- One measure of the group earns its points, whichever.
    { state = "pass", complete = true, responses = { ["1.2.10.1"] = "", ["1.2.10.2"] = "" } },
    { state = "pass", complete = true, responses = { ["1.2.6.1"] = "", ["1.2.6.2"] = "", ["1.2.6.3"] = "" } },
    {
      state = "fail",
      complete = true,
      responses = { ["1.2.6.1"] = "", ["1.2.6.2"] = "", ["1.2.6.3"] = "", ["1.2.10.1"] = "", ["1.2.10.2"] = "" },
      message = "30 points are not earned",
    },
    { state = "not-applicable" },
  },
}
