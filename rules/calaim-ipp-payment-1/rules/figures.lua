-- Whether the figures of a response agree with each other and with what is said of them.

-- The share of everyone else makes a list of shares a breakdown of the whole: "All other races make up 3%".
local the_rest = pattern([[\b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b [^.;%]{0,40}?
  ((\d*\.)? \d+ \s? % | \b [a-z-]+ \s percent\b | \d \s? percent\b)]], "ix")

local up_to_rest = pattern([[(?s) .*? \b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b [^.;%]{0,40}?
  ((\d*\.)? \d+ \s? % | \b [a-z-]+ \s percent\b | \d \s? percent\b)]], "ix")
local from_rest = pattern([[(?s) \b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b [^.;%]{0,40}?
  ((\d*\.)? \d+ \s? % | \b [a-z-]+ \s percent\b | \d \s? percent\b)
  .*? (?= \b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b | \z)]], "ix")

-- A sentence about another time, and one about one of the groups: neither is a part of the whole.
local another_time = pattern([[^ \W* ( last \s year | in \s (19|20)\d\d | previously | formerly | the \s year \s before | an? \s (year|decade) \s (ago|earlier|before) )]],
  "ix")
local of_a_group = pattern([[^ \W* ( of \s (the|those|these|them|all) \b | half \s of | among \b | bookings? | admissions? ) ]], "ix")
local tells_change = pattern([[\b (rose | risen | fell | fallen | grew | grown | increas\w+ | decreas\w+ | declin\w+ | dropped | year (-|\s) on (-|\s) year) \b]], "ix")
local in_brackets = pattern([[ \( (?<inside> [^()]* ) \) ]], "x")
local with_sign = pattern([[% | \b per \s? cent | \b pct \b]], "ix")
local own_share_of_rest = pattern([[\b ((all|the) \s (other|others|rest|remaining) | every(one|body) \s else) \b]], "ix")

-- Of a text the shares that may be parts of a whole: not what is promised, hoped for or a change, nor "half of them".
local function parts_in(text)
  return text:percentages():where(function(share)
    if not share.text:find(with_sign) then
      return false
    end
    local rest = share.statement and share.statement:find(own_share_of_rest)
    return rest or not (share.promised or share.hedged or share.change or share.from or share.falls)
  end)
end

-- Of parts those that stand for themselves: in no brackets, and in no sentence about one group or another time.
local function without_asides(text, parts)
  local inside = {}
  for _, bracket in ipairs(text:matches(in_brackets)) do
    for _, share in ipairs(bracket.inside:percentages()) do
      inside[tostring(share)] = true
    end
  end
  return parts:where(function(share)
    local sentence = share.sentence
    return not inside[tostring(share)] and not (sentence and (sentence:find(another_time)
      or (sentence:find(of_a_group) or sentence:find(tells_change)) and not sentence:find(own_share_of_rest)))
  end)
end

local function is_of_rest(share)
  return share.sentence and share.sentence:find(own_share_of_rest)
end

-- The same, or all parts where the share of everyone else is among the asides.
local function main_parts(text, parts)
  local main = without_asides(text, parts)
  local is_whole = #main > 1 and (#main:where(is_of_rest) > 0 or #parts:where(is_of_rest) == 0)
  return is_whole and main or parts
end

-- The rows of a table in a text: between one line's last bar and the first of the next. And the cells of a row.
local table_rows = pattern([[\| \s* (?<cells> ( (?! \| \s* (\||$) ) (?s:.) )+ )]], "x")
local table_cells = pattern([[ [^|\n]+ ]], "x")

-- The columns of shares of a table, each of which is to be a whole; nil where there is no table.
local function columns_in(text)
  local columns = {}
  for _, row in ipairs(text:matches(table_rows)) do
    local shares = row.cells:percentages()
    if #columns > 0 and #shares > 0 and #shares ~= #columns then
      return nil
    end
    for number, share in ipairs(shares) do
      columns[number] = columns[number] or {}
      table.insert(columns[number], share)
    end
  end
  return #columns > 0 and #columns[1] > 1 and columns or nil
end

-- The series of shares in a paragraph that are each to be a whole, as { all, main }: one, or as many as shares of everyone else
-- close or open one.
local function series_in(paragraph)
  local chunks = paragraph:matches(up_to_rest)
  if #chunks > 1 and #parts_in(chunks[1].text) == 1 then
    chunks = paragraph:matches(from_rest)
  end
  local series = {}
  for _, chunk in ipairs(#chunks > 1 and chunks or {}) do
    local parts = parts_in(chunk.text)
    if #without_asides(chunk.text, parts) > 1 then
      table.insert(series, { all = parts, main = main_parts(chunk.text, parts) })
    end
  end
  if #series < 2 then
    local parts = parts_in(paragraph)
    return { { all = parts, main = main_parts(paragraph, parts) } }
  end
  return series
end

-- All series of a response. Where the share of everyone else stands by itself, as in a table or below a list, its paragraph is
-- the whole text.
local function series_of_breakdown(text)
  local all = {}
  for _, column in ipairs(columns_in(text) or {}) do
    table.insert(all, { all = column, main = column })
  end
  if #all > 0 then
    return all
  end
  for _, paragraph in ipairs(text:paragraphs()) do
    if paragraph:find(the_rest) then
      for _, series in ipairs(series_in(paragraph)) do
        table.insert(all, series)
      end
    end
  end
  if #all == 0 or #all == 1 and #all[1].all <= 1 then
    local parts = parts_in(text)
    return { { all = parts, main = main_parts(text, parts) } }
  end
  return all
end

local function sum_of(shares)
  local sum
  for _, share in ipairs(shares) do
    sum = sum and sum + share.value or share.value
  end
  return sum
end

local function shown(shares)
  local names = {}
  for number, share in ipairs(shares) do
    names[number] = tostring(share)
  end
  return table.concat(names, ", ")
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
    local whole, added, open = decimal("100%"), {}, nil
    for _, series in ipairs(series_of_breakdown(response.text)) do
      local shares, sum = series.main, sum_of(series.main)
      table.insert(added, shown(shares))
      if sum and not sum:equals(whole) and not sum_of(series.all):equals(whole) then
        local missing = sum > whole and sum - whole or whole - sum
        -- So much for each part; a percentage times a number would be a part of that number.
        local rounding = parameters.rounding
        for _ = 2, #shares do
          rounding = rounding + parameters.rounding
        end
        local explained = missing <= rounding
        local verdict = review("the shares add up to %s, %s", sum,
                               explained and "rounding can explain" or "more than rounding can explain")
          :from(shares[1], shares[#shares])
          :working("%s: %s from 100%%, rounding allows %s", shown(shares), missing, rounding)
        if #series.all > #shares then
          verdict:working("left out as told of a part or of another time: %d", #series.all - #shares)
        end
        if not explained then
          return verdict
        end
        open = open or verdict
      end
    end
    return open or #added[1] > 0 and pass("%s", table.concat(added, "; "))
      or review("the share of everyone else is spoken of, and no shares can be read"):at(response.text:find(the_rest))
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
    -- What is told of one group, in brackets, or of another time is no part of the whole.
    { state = "pass", item = "1.2.10.1", response = "Black 29%, Latino 54%, White 14%. All others make up 3%. Of the Black group, "
      .. "90% are men. Last year all others made up 5%. (Bookings rose 11%.)" },
    { state = "pass", item = "1.2.10.1", response = "1) Black 29%\n2) Latino 54%\n3) White 14%\n\nAll other groups make up 3%." },
    { state = "review", item = "1.2.10.1", response = "1) Black 39%\n2) Latino 54%\n3) White 14%\n\nAll other groups make up 3%.",
      message = "110%" },
    { state = "pass", item = "1.2.10.1", response = "All others\n\nmake up 17%. Black 29%, Latino 54%." },
    -- One share may be half a point off.
    { state = "review", item = "1.2.10.1", response = "All others make up 99.4%.", message = "99.4%, more than rounding" },
    { state = "review", item = "1.2.10.1", response = "All others make up 100.6%.", message = "100.6%, more than rounding" },
    { state = "not-applicable", item = "1.2.9.2", response = "Black 33%, Latino 54%. All others make up 3%." },
    { state = "not-applicable", item = "1.2.9.1", response = "Black Americans are 33.7% of the homeless." },
  },
}

-- What a share is said to be of: what stands behind it, up to the next one or the end of the sentence; or what stands before it,
-- back to the one before.
local before_share = pattern([[(?<words> (?<! \d) ((?! % | \bper\s?cent\b | \bpct\b | \.\s).)*? ) (?<! [\d.]) [\d.]* \d \s* (%|\bper\s?cent\b|\bpct\b)]], "ix")
local begins_with_of = pattern([[^ \s* (of|among|in) \b]], "ix")
local behind_share = pattern([[(%|\bper\s?cent\b|\bpct\b) (?<words> ((?! % | \bper\s?cent\b | \bpct\b)[^.;])* )]], "ix")
local affected = pattern([[\b (homeless\w* | unhoused | unsheltered | incarcerat\w+ | jails? | jailed | prisons? | inmates? | arrests? | booked
  | affected | experiencing | those \s in | without \s a \s home | rough \s sleepers | on \s (our|the) \s streets | streets | shelters? ) \b]], "ix")
local everyone = pattern([[\b (population | residents | everyone | general | total | overall | the \s county | all | people \s in | (of \s the | half \s of \s the | our) \s county
  | the \s county['’]s \s people | county | census | inhabitants ) \b]], "ix")
-- The share that follows these words is one of another time.
local before_history = pattern([[\b (up | down | rose | risen | fell | fallen | grew | grown | compared \s with | compared \s to)? \s* from \s+ [^\s]* $]], "ix")
local compared_in_words = pattern([[\b (times | twice | double | triple | more \s than | larger \s than | higher \s than | over-?represented
  | disproportion\w+) \b]], "ix")

local before_bracket = pattern([[^ (?<words> \s* (\( \s* of \b)? [^(]* ) \(]], "ix")

-- What words say that a share is of; what stands in brackets behind them is of the next share.
local function whose_in(words)
  local apart = words:find(before_bracket)
  words = apart and apart.words or words
  return words:find(affected) and "affected" or words:find(everyone) and "everyone" or nil
end

local function whose_before(words)
  return words:find(affected) and "affected" or words:find(everyone) and "everyone" or nil
end

-- What two shares are of by the words before them ("share of homeless 34%, share of population 8%"), where both say it and the first
-- is not followed by what it is of.
local function label_by_words_before(shares, signs, text)
  if #shares ~= 2 or #signs ~= 2 or signs[1].words:find(begins_with_of) then
    return
  end
  local before = text:matches(before_share)
  if #before ~= 2 then
    return
  end
  local first, second = whose_before(before[1].words), whose_before(before[2].words)
  if first and second and first ~= second then
    shares[1].whose, shares[2].whose = first, second
  end
end

-- The shares of a text in order, each with what it is of ("affected", "everyone", nil); those of another time are left out.
-- nil when the places of the shares and of their signs do not go together.
local function shares_in(text)
  local percentages, signs = text:percentages():where(function(share) return share.text:find(with_sign) end), text:matches(behind_share)
  if #percentages ~= #signs then
    return nil
  end
  local shares, history = {}, false
  for number, percentage in ipairs(percentages) do
    local words = signs[number].words
    if not history then
      table.insert(shares, { share = percentage, whose = whose_in(words) })
    end
    history = words:find(before_history) ~= nil
  end
  label_by_words_before(shares, signs, text)
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

-- "Share of population → share of homeless": what the shares of each group are, in their order.
local legend = pattern([[(?<first> (share|percent\w*) \s of \s [^→/\n.:|\d]{2,30}?) \s* (→ | -> | / | \bv(s|ersus)?\b\.? ) \s* (?<second> (share|percent\w*) \s of \s [^→/\n.:|\d]{2,30})]],
  "ix")
local slashed = pattern([[(?<! [\d.]) (?<first> [\d.]*\d) \s* (→ | -> | /) \s* (?<second> [\d.]*\d) \s* (%|per\s?cent|pct)]], "ix")

local function order_of(first, second)
  if first == "everyone" and second == "affected" then
    return "everyone first"
  end
  return first == "affected" and second == "everyone" and "affected first" or nil
end

local function order_of_legend(text)
  local found = text:find(legend)
  return found and order_of(whose_in(found.first), whose_in(found.second)) or nil
end

local function not_above(of_affected, of_everyone, first, last)
  return review("the group's share of those affected, %s, is not above its share of the population, %s", of_affected, of_everyone)
    :from(first, last)
end

-- The verdict on a table whose head says which column is of those affected and which of everyone; nil where there is none.
local function judge_table(text)
  local of_column = {}
  for _, row in ipairs(text:matches(table_rows)) do
    local cells, shares = row.cells:matches(table_cells), {}
    for number, cell in ipairs(cells) do
      local share = cell.text:percentages():first()
      if share and of_column[number] then
        shares[of_column[number]] = shares[of_column[number]] or share
      elseif not share then
        of_column[number] = of_column[number] or whose_in(cell.text)
      end
    end
    if shares.affected and shares.everyone then
      of_column.read = true
      if shares.affected <= shares.everyone then
        return not_above(shares.affected, shares.everyone, row.cells, row.cells)
      end
    end
  end
  return of_column.read and pass("each group's share of those affected is above its share of the population") or nil
end

-- "Latino 48.5 / 36.1 percent", by a legend.
local function judge_slashed(text, order)
  local read = false
  for _, pair in ipairs(order and text:matches(slashed) or {}) do
    local first, second = decimal(tostring(pair.first) .. "%"), decimal(tostring(pair.second) .. "%")
    local of_affected, of_everyone = first, second
    if order == "everyone first" then
      of_affected, of_everyone = second, first
    end
    if of_affected <= of_everyone then
      return not_above(of_affected, of_everyone, pair.first, pair.second)
    end
    read = true
  end
  return read and pass("each group's share of those affected is above its share of the population") or nil
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
    local order = order_of_legend(response.text)
    local by_table = judge_table(response.text) or judge_slashed(response.text, order)
    if by_table then
      return by_table
    end
    local read, doubtful = 0, nil
    for _, group in ipairs(groups_in(response.text)) do
      local shares = shares_in(group) or {}
      if #shares == 2 then
        local of_affected, of_everyone
        of_affected, of_everyone, order = told_apart(shares[1], shares[2], order)
        if of_affected and of_affected <= of_everyone then
          return not_above(of_affected, of_everyone, shares[1].share, shares[2].share)
        elseif of_affected then
          read = read + 1
        elseif shares[1].share <= shares[2].share and not group:find(compared_in_words) then
          doubtful = doubtful or review("which of the two shares is of those affected, and which of the population, is not said")
            :from(shares[1].share, shares[2].share)
        end
      elseif #shares == 1 and #group:percentages() > 1 and not group:find(compared_in_words) then
        return review("only the group's share of those affected is given, now and before; not its share of the population")
          :at(shares[1].share)
      end
    end
    return doubtful or read > 0 and pass("%d groups' shares of those affected are above their shares of the population", read)
      or pass("no two shares of a group are given that could be compared")
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
    { state = "review", item = "1.2.9.1", response = "Latinos: 36.1% vs 48.5%", at = "36.1% vs 48.5%",
      message = "which of the two shares" },
    { state = "pass", item = "1.2.9.1", response = "Black residents: 34% vs 8%", message = "no two shares" },
    -- What they are of stands before them, in a table's head, or in a legend.
    { state = "pass", item = "1.2.9.1", response = "(1) Black residents: share of homeless 34%, share of population 8%. "
      .. "(2) American Indians: 1.1%, 0.2%." },
    { state = "review", item = "1.2.9.1", response = "(1) White residents: share of homeless 21%, share of population 26%. "
      .. "(2) Black residents: share of homeless 34%, share of population 8%.", message = "those affected, 21%" },
    { state = "review", item = "1.2.9.1", response = "(1) Of the homeless, 21% are White; of the county's people, 26% are. "
      .. "(2) others.", message = "those affected, 21%" },
    { state = "review", item = "1.2.9.1", response = "| Group | Population | Homeless |\n| White | 26% | 21% |",
      message = "those affected, 21%" },
    { state = "pass", item = "1.2.9.1", response = "| Group | Homeless | Population |\n| Black | 34% | 8% |" },
    { state = "review", item = "1.2.9.1", response = "Share of county / share of homeless: Latino 48.5 / 36.1 percent.",
      message = "those affected, 36.1%" },
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
