-- How often and how long a text says that something is done. Of what it states, one that meets the demand is enough; where the
-- wording leaves it open ("bimonthly", "up to monthly", "a month" for 30 days), a person decides.
local internal = ...

-- What a text may fall short of. `certain` and `possible` are the methods that say so of what it states.
local demands = {
  every = {
    certain = "is_at_least", possible = "may_be_at_least", what = "how often", short = "is less often than",
  },
  takes_at_most = {
    certain = "is_at_most", possible = "may_be_at_most", what = "how long", short = "is longer than",
  },
  takes_at_least = {
    certain = "is_at_least", possible = "may_be_at_least", what = "how long", short = "is shorter than",
  },
}

-- The first of what is said for sure that is certain; else the first that may do, or that is not said for sure, for a person to
-- decide; else the first. sure, may: lists.
local function judge(sure, may, asked, demand, why_not)
  local open
  for _, each in ipairs(sure) do
    if each[demand.certain](each, asked) then
      return pass("“%s”", each):at(each):working("asked for: %s", asked)
    elseif not open and each[demand.possible](each, asked) then
      open = each
    end
  end
  if open then
    return review("“%s” leaves open whether it %s asked for: %s", open, demand.short, asked):at(open)
  end
  for _, each in ipairs(may) do
    if each[demand.possible](each, asked) then
      local why, trigger = table.unpack(why_not[each] or { internal.not_now(each) })
      return internal.see_trigger(review("“%s” is not sure: %s", each, why):at(each), trigger, why)
    end
  end
  local first = sure[1] or may[1]
  return fail("“%s” %s asked for: %s", first, demand.short, asked):at(first)
end

-- Why what was found does not say for sure that it is done; and the words because of which.
function internal.not_now(found)
  local why, trigger = internal.unsure(found)
  if why then
    return why, trigger
  elseif found.past then
    return ("“%s” says that it was so"):format(internal.brief(found.past)), found.past
  end
  return "it is not said of what", found
end

-- Moves what is only told of the past from the first list to the second.
local function without_past(sure, may)
  local rest = internal.list()
  for _, each in ipairs(sure) do
    table.insert(each.past and may or rest, each)
  end
  return rest, may
end

-- Moves that of which unless(each) gives why it does not count from the first list to the second; also gives why, by each.
local function without(unless, sure, may)
  local rest, why_not = internal.list(), {}
  for _, each in ipairs(sure) do
    local why, trigger = nil, nil
    if unless then
      why, trigger = unless(each)
    end
    why_not[each] = why and { why, trigger }
    table.insert(why and may or rest, each)
  end
  return rest, may, why_not
end

local options_known = internal.options_of("every")

-- Whether what happens is one of these: "come" is of "come together".
local function is_of(stated, wanted)
  for _, mention in ipairs(stated.statement:mentions(wanted)) do
    if #mention.text:mentions(tostring(stated.what)) > 0 then
      return true
    end
  end
  return #stated.what:mentions(wanted) > 0
end

-- "sit down with each of them monthly": where what happens is not told beside it, and the statement speaks of nothing else.
local function is_all_of(stated, wanted)
  local statement = stated.statement
  return statement and #statement:mentions(wanted) > 0 and #statement:frequencies() == 1
end

-- Sorts out what is stated of something else than the options say: it does not count; where it is not said of what, a person
-- decides. Gives what counts for sure, what may, and what does not.
local function by_subject(sure, may, options)
  local kept, open, out = internal.list(), internal.list(), internal.list()
  local function sort(list, target)
    for _, each in ipairs(list) do
      local of = each.what
      local wanted = not options.of or (of and is_of or is_all_of)(each, options.of)
      local other = options.not_of and each.statement and #each.statement:mentions(options.not_of) > 0
        and #each.statement:mentions(options.by or { "we", "our", "us" }) == 0
      if wanted and not other then
        table.insert(target, each)
      elseif of == nil then
        table.insert(open, each)
      else
        table.insert(out, each)
      end
    end
  end
  sort(sure, kept)
  sort(may, open)
  return kept, open, out
end

-- Judges what list_stated(text) gives for x; or x itself, when that is one of this kind, or a list of them.
local function check(x, kind, list_stated, asked, helper, given)
  local demand = demands[helper]
  local options = internal.context_options(given, options_known, helper)
  local context = options.context
  local stated = x
  if internal.kind(x) == kind then
    stated = { x }
  elseif internal.kind(x) ~= "table" then
    stated = list_stated(internal.text_of(x, helper))
  end
  local sure, may, out = internal.sorted_by_context(stated, context)
  if context ~= "any" then
    sure, may = without_past(sure, may)
  end
  local of_others, why_not
  sure, may, why_not = without(options.unless, sure, may)
  if options.of or options.not_of then
    sure, may, of_others = by_subject(sure, may, options)
  end
  if #sure + #may == 0 then
    local verdict = fail("it is not stated %s; asked for: %s", demand.what, asked)
    verdict = internal.at(options.absent == "review" and verdict:with_state("review") or verdict, x)
    if of_others and #of_others > 0 then
      return verdict:see(of_others[1], "of “%s”", internal.brief(of_others[1].what))
    end
    return internal.see_against(verdict, out)
  end
  return judge(sure, may, asked, demand, why_not)
end

local function frequencies(text)
  return text:frequencies()
end

local function durations(text)
  return text:durations()
end

--- every(x, often: how often, options: { context: "any", absent: "review" | "fail", of: any, not_of: any, by: any, unless: any }?): verdict
-- Passes when the text of x states a frequency for sure that is at least this often: "quarter", "two weeks", "twice a year".
-- Points at the frequency. "Monthly" is more often than every quarter; "bimonthly" leaves open whether it is every month.
-- x may also be a frequency, or a list of them. What is denied or somebody else's words does not count; what is hedged,
-- conditional, unclear or past is `review`. { of = phrases }: what happens so often must be one of these, { not_of = phrases } and
-- nothing of those, unless the statement speaks of { by = phrases }, "we" if not given. { unless = function(found) }: what
-- the function gives a reason against is `review`. { absent = "review" }: that none is stated is `review`. { context = "any" }: it is enough that the words stand there.
local function every(x, often, options)
  return check(x, "frequency", frequencies, often, "every", options)
end

--- takes_at_most(x, limit: how long, options: { context: "any", absent: "review" | "fail", of: any, not_of: any, by: any, unless: any }?): verdict
-- Passes when the text of x states a duration for sure that is no longer than the limit: "30 calendar days", "two weeks".
-- Points at the duration. Business and working days, months and years are compared with days by how long they are at most.
-- x may also be a duration, or a list of them; options as for every.
local function takes_at_most(x, limit, options)
  return check(x, "duration", durations, limit, "takes_at_most", options)
end

--- takes_at_least(x, limit: how long, options: { context: "any", absent: "review" | "fail", of: any, not_of: any, by: any, unless: any }?): verdict
-- Passes when the text of x states a duration for sure that is no shorter than the limit: "ten years".
-- x may also be a duration, or a list of them; options as for every.
local function takes_at_least(x, limit, options)
  return check(x, "duration", durations, limit, "takes_at_least", options)
end

return { every = every, takes_at_most = takes_at_most, takes_at_least = takes_at_least }
