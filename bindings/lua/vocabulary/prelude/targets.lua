-- Whether a text promises what it is asked to reach.
local internal = ...

local options_known = internal.options_of("states_target")

-- What a percentage is of, where that is a percentage again: "a fifth of 1%", "20% of the 5% asked for".
local function share_of_a_share(stated)
  local of = stated.of
  return of and #of:percentages() > 0 and of or nil
end

-- Why a percentage that is promised is no more than a candidate, and the words because of which; nil where it is a target.
local function why_no_target(stated)
  local comparator = stated.comparator
  if comparator == "at most" or comparator == "under" then
    return "it is a most, not a least"
  elseif share_of_a_share(stated) then
    return ("it is a share of “%s”"):format(internal.brief(stated.of))
  elseif stated.falls then
    return "it is a fall"
  elseif stated.definite and not stated.is_target and not (stated.change and (stated.of or stated.verb)) then
    return "it is spoken of as known already"
  elseif stated.share then
    return stated.of and ("it is a share of “%s”"):format(internal.brief(stated.of)) or "it is a share"
  elseif stated.level and not stated.change and not stated.is_target then
    return "it is a level, and from where it rises is not said"
  elseif not stated.change and not stated.level and not stated.is_target then
    return "it is not said to be a change or a goal"
  end
  return nil
end

-- Why nothing promises it: it is told of the past or present, or of no time at all.
local function why_not_promised(stated)
  local told = stated.past or stated.present
  if told then
    return ("“%s” tells what was or is"):format(internal.brief(told)), told
  end
  return "nothing promises it"
end

local function first_mention(text, wanted)
  return text and wanted and text:mentions(wanted):first()
end

-- Why a promise is about something else, or somebody else's, by what the rule says; and the words because of which.
local function why_other(stated, options)
  local by = stated.promised_by
  local other = not first_mention(by, options.by) and first_mention(by, options.not_by)
  if other then
    return ("“%s” promises it"):format(internal.brief(other)), other
  end
  other = first_mention(stated.of or by, options.not_of)
  if other then
    return ("it is of “%s”"):format(internal.brief(other)), other
  end
  if options.unless then
    return options.unless(stated)
  end
  return nil
end

local words_of_baseline = { "baseline", "current", "currently", "today", "at present", "existing" }

-- From where a goal rises, where the text says it before: "Baseline 30%. Goal 40%." is a change by 10 points. What is less than
-- the baseline is no level.
local function baseline_of(stated, percentages)
  if stated.change or stated.from or not stated.is_target then
    return nil
  end
  local baseline
  for _, each in ipairs(percentages) do
    if each:equals(stated) and tostring(each) == tostring(stated) and baseline then
      break
    end
    if each.present and first_mention(each.present, words_of_baseline) then
      baseline = each
    end
  end
  return baseline and baseline.value < stated.value and baseline or nil
end

-- What is sure of a percentage: "reaches" the target asked for, stays "below" it, or nothing, with why, and the words
-- because of which.
local function weigh(stated, asked, options, percentages)
  local why, trigger = internal.unsure(stated)
  if not why and not stated.promised then
    why, trigger = why_not_promised(stated)
  end
  if not why then
    why, trigger = why_other(stated, options)
  end
  why = why or why_no_target(stated)
  if why then
    return nil, why, trigger
  end
  local value = stated.from and stated.change or stated.value
  local baseline = value >= asked and baseline_of(stated, percentages)
  if baseline and stated.value - baseline.value < asked then
    return nil, ("from %s to %s are %s points"):format(baseline, stated, stated.value - baseline.value), baseline
  end
  if value >= asked then
    if stated.comparator == "about" then
      return nil, "it is about so much", stated
    end
    return "reaches"
  elseif stated.from then
    return nil, ("from %s to %s are %s points"):format(stated.from, stated.level, value), nil
  elseif stated.upper >= asked or stated.comparator == "over" then
    return nil, "it may be less", nil
  end
  return "below"
end

-- The verdict where nothing counts.
local function not_stated(text, asked, state, out)
  local verdict = fail("no target is stated; asked for: %s", asked)
  if #out > 0 then
    local why = internal.against(out[1])
    verdict = fail("no target is stated; asked for: %s; “%s” does not count: %s", asked, internal.brief(out[1]), why)
  end
  if state == "review" then
    verdict = verdict:with_state("review")
  end
  return internal.see_against(internal.at(verdict, text), out)
end

-- Which of two that are no sure target is told: one that is promised and would be enough, then one that would be enough.
local function rank(stated, asked)
  local enough = (stated.from and stated.change or stated.upper) >= asked
  return enough and (stated.promised and 2 or 1) or 0
end

local function rather(open, other, asked)
  return (not open or rank(other.stated, asked) > rank(open.stated, asked)) and other or open
end

local function by_any_words(stated, asked, state, text)
  local largest = stated:largest()
  return largest and at_least(largest, asked, "target"):at(largest) or not_stated(text, asked, state, internal.list())
end

--- states_target(x, asked, options: { context: "any", absent: "review" | "fail", not_of: any, by: any, not_by: any, unless: any }?): verdict
-- Passes when the text of x promises for sure to reach this percentage, as a change or a goal; points at it. Fails when what it
-- promises for sure stays below, or nothing is stated ({ absent = "review" }: that is `review`). What is hedged, conditional,
-- unclear, told of the past or present, a share or a level is `review`, with the words because of which. What is denied or
-- somebody else's words does not count. { not_of = phrases }: what is a change in one of these is `review`, { not_by = phrases }:
-- and so is what one of these promises, without one of { by = phrases }. { unless = function(percentage) }: and so is that of which
-- the function gives why it is no target, and the words because of which. { context = "any" }: the largest percentage counts.
local function states_target(x, asked, options)
  local given = internal.context_options(options, options_known, "states_target")
  local text = internal.text_of(x, "states_target")
  local without
  asked, without = internal.number(asked, "states_target", "the target")
  if without then
    return without
  end
  local percentages = text:percentages()
  if given.context == "any" then
    return by_any_words(percentages, asked, given.absent, text)
  end
  local sure, may, out = internal.sorted_by_context(percentages)
  local below, open
  for _, stated in ipairs(sure) do
    local standing, why, trigger = weigh(stated, asked, given, percentages)
    if standing == "reaches" then
      local promise = stated.promised
      return internal.see_trigger(pass("the target, %s, is promised", stated):at(stated), promise,
        ("“%s” promises it"):format(internal.brief(promise))):working("%s ≥ %s", stated.change or stated.value, asked)
    elseif standing == "below" then
      below = below or stated
    else
      open = rather(open, { stated = stated, why = why, trigger = trigger }, asked)
    end
  end
  for _, stated in ipairs(may) do
    local _, why, trigger = weigh(stated, asked, given, percentages)
    open = rather(open, { stated = stated, why = why, trigger = trigger }, asked)
  end
  -- What is told of the past, or a share, beside a target that is too low, is no other target.
  if below and not (open and open.stated.promised and open.stated.upper >= asked) then
    return fail("the target, %s, is less than %s", below, asked):at(below):working("%s < %s", below.value, asked)
  elseif open then
    local verdict = review("“%s” is no sure target of %s: %s", open.stated, asked, open.why):at(open.stated)
    return internal.see_trigger(verdict, open.trigger, open.why)
  end
  return not_stated(text, asked, given.absent, out)
end

return { states_target = states_target }
