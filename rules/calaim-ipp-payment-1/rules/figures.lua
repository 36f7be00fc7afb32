-- Whether the figures of a response agree with each other and with what is said of them.

-- The share of everyone else makes a list of shares a breakdown of the whole: "All other races make up 3%".
local the_rest = pattern([[\b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b [^.;%]{0,40}?
  ((\d*\.)? \d+ \s? % | \b [a-z-]+ \s percent\b | \d \s? percent\b)]], "ix")

local up_to_rest = pattern([[(?s) .*? \b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b [^.;%]{0,40}?
  ((\d*\.)? \d+ \s? % | \b [a-z-]+ \s percent\b | \d \s? percent\b)]], "ix")
local from_rest = pattern([[(?s) \b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b [^.;%]{0,40}?
  ((\d*\.)? \d+ \s? % | \b [a-z-]+ \s percent\b | \d \s? percent\b)
  .*? (?= \b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b | \z)]], "ix")

-- Of a text the shares that may be parts of a whole: not what is promised, hoped for or a change.
local function parts_in(text)
  return text:percentages():where(function(share)
    return not (share.promised or share.hedged or share.change or share.from or share.falls)
  end)
end

-- The series of shares in a paragraph that are each to be a whole: one, or as many as shares of everyone else close or open one.
local function series_in(paragraph)
  local chunks = paragraph:matches(up_to_rest)
  if #chunks > 1 and #parts_in(chunks[1].text) == 1 then
    chunks = paragraph:matches(from_rest)
  end
  if #chunks < 2 then
    return { parts_in(paragraph) }
  end
  local series = {}
  for number, chunk in ipairs(chunks) do
    series[number] = parts_in(chunk.text)
  end
  return series
end

-- All series of a response. Where the share of everyone else stands by itself, as in a table, its paragraph is the whole text.
local function series_of_breakdown(text)
  local all = {}
  for _, paragraph in ipairs(text:paragraphs()) do
    if paragraph:find(the_rest) then
      for _, series in ipairs(series_in(paragraph)) do
        table.insert(all, series)
      end
    end
  end
  if #all == 0 or #all == 1 and #all[1] <= 1 then
    return { parts_in(text) }
  end
  return all
end

rule "ipp1.breakdown" {
  title    = "The shares of a breakdown add up to 100%",
  citation = "Payment 1 template, 1.2.9 and 1.2.10, prompt 1: “Identify and describe top 3 – 4 racial and ethnic groups”",
  remedy   = "Check the shares, or say that they are rounded.",
  why      = "Shares are a breakdown when the share of all others is among them. Each may be off by half a point from "
          .. "rounding.",
  each     = "response",
  level    = "note",

  parameters = {
    rounding = {
      type    = "percentage",
      default = "0.5%",
      low     = "0%",
      high    = "1%",
      means   = "How far rounding can move each part of a breakdown.",
    },
  },

  when = function(response)
    if response.item.counted ~= "groups" then
      return false, "the prompt asks for no groups"
    end
    return response.text:find(the_rest), "the share of all others is not given, so the shares are no breakdown"
  end,

  check = function(response, _, parameters)
    local whole, shown, open = decimal("100%"), {}, nil
    for _, shares in ipairs(series_of_breakdown(response.text)) do
      local sum = #shares > 0 and shares:sum() or nil
      table.insert(shown, tostring(shares))
      if sum and not sum:equals(whole) then
        local missing = sum > whole and sum - whole or whole - sum
        -- So much for each part; a percentage times a number would be a part of that number.
        local rounding = shares:map(function() return parameters.rounding end):sum()
        local explained = missing <= rounding
        local verdict = review("the shares add up to %s, %s", sum,
                               explained and "rounding can explain" or "more than rounding can explain")
          :from(shares:first(), shares:last())
          :working("%s: %s from 100%%, rounding allows %s", shares, missing, rounding)
        if not explained then
          return verdict
        end
        open = open or verdict
      end
    end
    return open or pass("%s", table.concat(shown, "; "))
  end,

  examples = {
    { state = "pass", item = "1.2.10.1", response = "Black 30%, Latino 54%, White 13%. All others make up 3%." },
    { state = "review", item = "1.2.10.1", response = "Black 29%, Latino 54%, White 13%. All others make up 3%.",
      message = "99%, rounding can explain" },
    { state = "review", item = "1.2.10.1", response = "Black 29%, Latino 54%. All other groups make up 3%.",
      message = "86%, more than" },
    -- What the plan aims at is no part of it.
    { state = "pass", item = "1.2.10.1", response = "Black 30%, Latino 54%, White 13%. All others make up 3%. We aim to "
      .. "improve by 20%." },
    { state = "pass", item = "1.2.10.1", response = "Black people are thirty percent of those held, Latinos fifty percent and "
      .. "White people seventeen percent. All others make up three percent." },
    { state = "review", item = "1.2.10.1", response = "Those held are 29% Black, 54% Latino and 13% White. Everyone else "
      .. "makes up 1%.", message = "97%" },
    -- Four shares may be two points off, in either direction.
    { state = "review", item = "1.2.10.1", response = "Black 27%, Latino 54%, White 13%. All others make up 3%.",
      message = "97%, more than rounding" },
    { state = "review", item = "1.2.10.1", response = "Black 28%, Latino 54%, White 13%. All others make up 3%.",
      message = "98%, rounding can explain" },
    { state = "review", item = "1.2.10.1", response = "Black 32%, Latino 54%, White 13%. All others make up 3%.",
      message = "102%, rounding can explain" },
    { state = "review", item = "1.2.10.1", response = "Black 33%, Latino 54%, White 13%. All others make up 3%.",
      message = "103%, more than rounding" },
    -- Two populations are two wholes.
    { state = "pass", item = "1.2.10.1", response = "Homeless: Black 34%, Latino 61%, all others 5%. Incarcerated: Black 42%, "
      .. "Latino 54%, all others 4%. We will improve access by 20%." },
    { state = "review", item = "1.2.10.1", response = "Homeless: Black 30%, Latino 61%, all others 5%. Incarcerated: Black "
      .. "46%, Latino 54%, all others 4%.", message = "96%" },
    { state = "pass", item = "1.2.10.1", response = "| Black | 30% |\n| Latino | 67% |\n| All others | 3% |" },
    -- One share may be half a point off.
    { state = "review", item = "1.2.10.1", response = "All others make up 99.4%.", message = "99.4%, more than rounding" },
    { state = "review", item = "1.2.10.1", response = "All others make up 100.6%.", message = "100.6%, more than rounding" },
    { state = "not-applicable", item = "1.2.9.2", response = "Black 33%, Latino 54%. All others make up 3%." },
    { state = "not-applicable", item = "1.2.9.1", response = "Black Americans are 33.7% of the homeless." },
  },
}

-- What a share is said to be of: what stands behind it, up to the next one or the end of the sentence.
local behind_share = pattern([[(%|\bper\s?cent\b|\bpct\b) (?<words> ((?! % | \bper\s?cent\b | \bpct\b)[^.;])* )]], "ix")
local affected = pattern([[\b (homeless\w* | unhoused | unsheltered | incarcerat\w+ | jails? | jailed | prisons? | inmates? | arrests? | booked
  | affected | experiencing | those \s in ) \b]], "ix")
local everyone = pattern([[\b (population | residents | everyone | general | total | overall | the \s county | all | people \s in ) \b]], "ix")
-- The share that follows these words is one of another time.
local before_history = pattern([[\b (up | down | rose | risen | fell | fallen | grew | grown | compared \s with | compared \s to)? \s* from \s+ [^\s]* $]], "ix")
local compared_in_words = pattern([[\b (times | twice | double | triple | more \s than | larger \s than | higher \s than | over-?represented
  | disproportion\w+) \b]], "ix")

-- The shares of a text in order, each with what it is of ("affected", "everyone", nil); those of another time are left out.
-- nil when the places of the shares and of their signs do not go together.
local function shares_in(text)
  local percentages, signs = text:percentages(), text:matches(behind_share)
  if #percentages ~= #signs then
    return nil
  end
  local shares, history = {}, false
  for number, percentage in ipairs(percentages) do
    local words = signs[number].words
    if not history then
      local whose = words:find(affected) and "affected" or words:find(everyone) and "everyone" or nil
      table.insert(shares, { share = percentage, whose = whose })
    end
    history = words:find(before_history) ~= nil
  end
  return shares
end

-- Of two shares, that of those affected and that of everyone. What is said of one tells what the other is, and a group is
-- written as the one before it: `order` is how that one stood.
local function told_apart(first, second, order)
  if first.whose == "everyone" or second.whose == "affected" and first.whose ~= "affected" then
    return second.share, first.share, "everyone first"
  elseif first.whose or second.whose then
    return first.share, second.share, "affected first"
  elseif order == "everyone first" then
    return second.share, first.share, order
  elseif order then
    return first.share, second.share, order
  end
end

-- The groups of a response: its list items; without a list its paragraphs.
local function groups_in(text)
  local items = text:items():leaves_list()
  return #items > 0 and items:map(function(item) return item.text end) or text:paragraphs()
end

rule "ipp1.disproportionate" {
  title    = "A group named as disproportionately affected has the larger share of those affected",
  citation = "Payment 1 template, 1.2.9, prompt 1: “racial and ethnic groups that are disproportionately experiencing "
          .. "homelessness”",
  remedy   = "Check the figures, or explain why the group is among those most affected.",
  why      = "Two shares of one group are read as its share of those affected and its share of the population where the words "
          .. "behind them, or those of the group before it, say which is which.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.disproportionate, "the prompt asks for no groups that are affected more than others"
  end,

  check = function(response)
    local order
    for _, group in ipairs(groups_in(response.text)) do
      local shares = shares_in(group) or {}
      if #shares == 2 then
        local of_affected, of_everyone
        of_affected, of_everyone, order = told_apart(shares[1], shares[2], order)
        if of_affected and of_affected <= of_everyone then
          return review("the group's share of those affected, %s, is not above its share of the population, %s",
                        of_affected, of_everyone):from(shares[1].share, shares[2].share)
        end
      elseif #shares == 1 and #group:percentages() > 1 and not group:find(compared_in_words) then
        return review("only the group's share of those affected is given, now and before; not its share of the population")
          :at(shares[1].share)
      end
    end
    return pass()
  end,

  examples = {
    { state = "pass", item = "1.2.9.1", response = "They are (1) Black Americans, 33.7% of the homeless and 7.9% of all; "
      .. "(2) Native Americans, 1.1% and .2% of all." },
    { state = "review", item = "1.2.9.1", response = "They are (1) Black Americans, 33.7% of the homeless and 7.9% of all; "
      .. "(2) Latinos, 36.1% and 48.5% of all.", at = "36.1% and 48.5%",
      message = "those affected, 36.1%, is not above its share of the population, 48.5%" },
    { state = "review", item = "1.2.9.1", response = "They are (1) Latinos, 48% of the homeless and 48% of all; "
      .. "(2) Native Americans, 1.1% and .2% of all.", at = "48% of the homeless and 48%" },
    -- In the other order.
    { state = "pass", item = "1.2.9.1", response = "They are (1) Black Americans, 7.9% of the population but 33.7% of the "
      .. "homeless; (2) Native Americans, .2% but 1.1%." },
    { state = "review", item = "1.2.9.1", response = "They are (1) Latinos, 48.5% of residents and 36.1% of the unhoused; "
      .. "(2) others.", message = "those affected, 36.1%" },
    { state = "review", item = "1.2.9.1", response = "They are (1) Latinos, 48.5% of residents and 52% of the unhoused; "
      .. "(2) Samoans, .4% and .3%.", at = ".4% and .3%" },
    -- Without a list; and where nothing says which share is which.
    { state = "review", item = "1.2.9.1", response = "Latinos are 36.1% of the homeless and 48.5% of all.",
      at = "36.1% of the homeless and 48.5%" },
    { state = "pass", item = "1.2.9.1", response = "Latinos: 36.1% vs 48.5%" },
    -- A share of another time is none of the population.
    { state = "review", item = "1.2.9.1", response = "They are (1) Black Americans, 33.7% of the homeless, up from 30% in "
      .. "2019; (2) Latinos.", at = "33.7%" },
    { state = "pass", item = "1.2.9.1", response = "They are (1) Black Americans, 29% of the homeless, down from 33% in "
      .. "2019, four times their share of the population; (2) Latinos." },
  },
}

-- A gap that a response gives a size to: "a gap of 18%", "an 18 percent gap", "gaps are 25%".
local sized_gap = pattern([[
  \b gaps? \b (?! \s closure) [^.;%]{0,40}? \b (?<share> \d[\d.]* \s? (% | percent\b | per\scent\b) )
  | \b (?<share_first> \d[\d.]* \s? (% | percent | per\scent)) \s+ (gap | shortfall)s? \b (?! \s closure)
  ]], "ix")

rule "ipp1.small-gap" {
  title    = "A target for a gap lower than 30% is one that DHCS approves",
  citation = "Payment 1 template, under the table of priority areas: “If gaps are lower than 30%, MCPs are expected to identify "
          .. "an appropriate gap-filling target in their narrative entry to be approved by DHCS.”",
  remedy   = "State the target that is right for so small a gap, and why.",
  each     = "response",
  level    = "note",

  when = function(response)
    if not response.item.target then
      return false, "the prompt asks for no target"
    end
    return response.text:find(sized_gap), "the response gives no gap a size"
  end,

  check = function(response)
    for _, match in ipairs(response.text:matches(sized_gap)) do
      local share = (match.share or match.share_first):percentages():first()
      if share and share < form.small_gap then
        return review("the gap of %s is lower than %s: its target is to be approved by DHCS", share, form.small_gap):at(share)
      end
    end
    return pass("no gap lower than %s is stated", form.small_gap)
  end,

  examples = {
    { state = "review", item = "1.1.6.3", response = "There is a gap of 18% in access; we will close it by 10%.", at = "18%" },
    { state = "review", item = "1.3.5.3", response = "We have a 29.5% gap in capacity.", at = "29.5%" },
    { state = "pass", item = "1.3.5.3", response = "We have a 30 percent gap in capacity." },
    { state = "pass", item = "1.3.5.3", response = "The gap is 45%, and we will close it by 20%." },
    { state = "not-applicable", item = "1.3.5.3", response = "We will reach a gap closure of 20%." },
    { state = "not-applicable", item = "1.1.6.1", response = "The gap is 10%." },
  },
}
