-- Whether the figures of a response agree with each other and with what is said of them.

-- The share of everyone else makes a list of shares a breakdown of the whole: "All other races make up 3%".
local the_rest = pattern([[\b (all|the) \s (other|others|rest|remaining) \b [^.;%]{0,40} (\d*\.)? \d+ %]], "ix")

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
    local shares = response.text:percentages()
    local sum = shares:sum()
    local whole = decimal("100%")
    if sum:equals(whole) then
      return pass("%s", shares)
    end
    local missing = sum > whole and sum - whole or whole - sum
    -- So much for each part; a percentage times a number would be a part of that number.
    local rounding = shares:map(function() return parameters.rounding end):sum()
    local explained = missing <= rounding and "rounding can explain" or "more than rounding can explain"
    return review("the shares add up to %s, %s", sum, explained)
      :from(shares:first(), shares:last())
      :working("%s: %s from 100%%, rounding allows %s", shares, missing, rounding)
  end,

  examples = {
    { state = "pass", item = "1.2.10.1", response = "Black 30%, Latino 54%, White 13%. All others make up 3%." },
    { state = "review", item = "1.2.10.1", response = "Black 29%, Latino 54%, White 13%. All others make up 3%.",
      message = "99%, rounding can explain" },
    { state = "review", item = "1.2.10.1", response = "Black 29%, Latino 54%. All other groups make up 3%.",
      message = "86%, more than" },
    -- Four shares may be two points off, in either direction.
    { state = "review", item = "1.2.10.1", response = "Black 27%, Latino 54%, White 13%. All others make up 3%.",
      message = "97%, more than rounding" },
    { state = "review", item = "1.2.10.1", response = "Black 28%, Latino 54%, White 13%. All others make up 3%.",
      message = "98%, rounding can explain" },
    { state = "review", item = "1.2.10.1", response = "Black 32%, Latino 54%, White 13%. All others make up 3%.",
      message = "102%, rounding can explain" },
    { state = "review", item = "1.2.10.1", response = "Black 33%, Latino 54%, White 13%. All others make up 3%.",
      message = "103%, more than rounding" },
    -- One share may be half a point off.
    { state = "review", item = "1.2.10.1", response = "All others make up 99.4%.", message = "99.4%, more than rounding" },
    { state = "review", item = "1.2.10.1", response = "All others make up 100.6%.", message = "100.6%, more than rounding" },
    { state = "not-applicable", item = "1.2.9.2", response = "Black 33%, Latino 54%. All others make up 3%." },
    { state = "not-applicable", item = "1.2.9.1", response = "Black Americans are 33.7% of the homeless." },
  },
}

rule "ipp1.disproportionate" {
  title    = "A group named as disproportionately affected has the larger share of those affected",
  citation = "Payment 1 template, 1.2.9, prompt 1: “racial and ethnic groups that are disproportionately experiencing "
          .. "homelessness”",
  remedy   = "Check the figures, or explain why the group is among those most affected.",
  why      = "Two shares in one list item are read as the share of those affected and the share of the population.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.item.disproportionate, "the prompt asks for no groups that are affected more than others"
  end,

  check = function(response)
    for _, group in ipairs(response.text:items():leaves_list()) do
      local shares = group.text:percentages()
      if #shares == 2 and shares[1] <= shares[2] then
        return review("the group's share of those affected, %s, is not above its share of the population, %s",
                      shares[1], shares[2]):from(shares[1], shares[2])
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
  },
}
