-- The three questions that are answered in prose. That each is answered, at its length, is for the form to say: the
-- built-in rules form.required and form.limits report it.

rule "nlcf10.counting-tricks" {
  title    = "No answer is written so that it counts fewer words than a person reads",
  citation = "NLCF under £10,000, under each question: at most 300, 150 and 200 words (paraphrased)",
  remedy   = "Write the words apart.",
  each     = "response",
  level    = "warning",

  check = function(response)
    local trick = response.text:tricks():first()
    if trick then
      return review("words are run together here, and count as fewer than a person reads"):at(trick)
    end
    return pass()
  end,

  examples = {
    { state = "pass", item = "idea", response = "We cook and/or bake together." },
    { state = "review", item = "idea", response = "We cook" .. utf8.char(0x200B) .. "and bake." },
  },
}

-- For the examples: an answer of its own, long enough that fifteen words more are less than half of it.
local own_words = "Guests told us in three languages what they missed at home, which day suited them best, who could chop, who "
               .. "could carry, and how much a family can put into the tin by the door."

rule "nlcf10.repeated-answer" {
  title    = "Each answer says something of its own",
  citation = "This pack's judgement: three questions are asked, so three answers are expected",
  remedy   = "Write what is particular to this question.",
  each     = "response",
  level    = "warning",

  parameters = {
    shared = { type = "percentage", default = "50%", low = "10%", high = "100%",
               means = "An answer is a copy when it shares this much of its wording with an earlier one." },
    run    = { type = "integer", default = 15, low = 5,
               means = "An answer is a copy when it has this many words in a row from an earlier one." },
  },

  check = function(response, submission, parameters)
    local earlier = response:nearest_earlier()
    if not earlier then
      return pass("it shares no wording with an earlier answer")
    end
    return instead(not_copied_from(response, earlier, parameters.shared, parameters.run), "review")
  end,

  examples = {
    {
      state = "pass",
      item = "community",
      responses = { idea = "We will cook a free lunch every Sunday for everyone who comes." },
      response = "The people who eat with us chose the menu and the hour.",
    },
    {
      state = "review",
      item = "community",
      responses = { idea = "We will cook a free lunch every Sunday for everyone who comes." },
      response = "Neighbours told us: cook a free lunch every Sunday for everyone.",
      at = "cook a free lunch every Sunday for everyone",
    },
    {
      state = "pass",
      item = "community",
      responses = { idea = "We cook a free lunch in the old hall every Sunday with whoever comes." },
      response = "We cook a free lunch in the old hall every Sunday with whoever comes. " .. own_words,
    },
    {
      state = "review",
      item = "community",
      responses = { idea = "We cook a free lunch in the old hall every Sunday with whoever comes by." },
      response = "We cook a free lunch in the old hall every Sunday with whoever comes by. " .. own_words,
      message = "15 words in a row",
    },
  },
}
