-- How long the answers are.

rule "ipp1.word-limit" {
  title    = "Each response keeps to the word limit printed under its prompt",
  citation = "Payment 1 template, under each prompt: “100 word limit”",
  remedy   = "Shorten the response.",
  why      = "Words are counted as Microsoft Word counts them, typed list numbers included; the limit itself is allowed.",
  each     = "response",
  level    = "error",
  judges   = "items.*.word_limit",

  when = function(response)
    return response.item.word_limit
  end,

  check = function(response)
    return at_most(response.words, response.item.word_limit, "words")
  end,

  examples = {
    { state = "pass", item = "1.1.6.1", response = ("word "):rep(100) },
    { state = "fail", item = "1.1.6.1", response = ("word "):rep(101), at = 101 },
    { state = "fail", item = "1.1.6.1", response = ("word "):rep(100) .. "&", at = 101 },
  },
}

rule "ipp1.counting-tricks" {
  title    = "No response is written so that it counts fewer words than a person reads",
  citation = "Payment 1 template, under each prompt: “100 word limit”",
  remedy   = "Write the words apart.",
  each     = "submission",
  level    = "warning",

  check = function(submission)
    local verdict = pass()
    for _, response in ipairs(submission.responses) do
      for _, trick in ipairs(response.text:tricks()) do
        if verdict.state == "pass" then
          verdict = review("words are run together here, and count as fewer than a person reads"):at(trick)
        else
          verdict:see(trick, "words are run together here too")
        end
      end
    end
    return verdict
  end,

  examples = {
    { state = "pass", responses = { ["1.1.6.1"] = "We onboard providers/entities to the exchange." } },
    { state = "review", responses = { ["1.1.6.1"] = "We will" .. utf8.char(0x200B) .. "connect providers." } },
    {
      state = "review",
      responses = {
        ["1.1.6.1"] = "We will" .. utf8.char(0x200B) .. "connect providers.",
        ["1.1.6.2"] = "We will" .. utf8.char(0x200B) .. "train providers.",
      },
      at = "will" .. utf8.char(0x200B) .. "connect",
    },
  },
}
