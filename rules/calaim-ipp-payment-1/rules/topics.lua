-- Whether a response speaks of what its prompt asks about: the populations, capabilities and dates that the form names.

local topic_rows = {}
for _, row in ipairs(form.tables.topic) do
  topic_rows[row.name] = row
end

-- What a response says that it is not about: "leaves out homeless members", "excluding those in jail".
local left_out = pattern([[\b ( leav(e|es|ing) \s out | exclud(e|es|ed|ing) | omit(s|ted|ting)? | except(ing)? (\s for)? | other \s than
  | apart \s from | (do|does|will) \s not \s (include | cover | address | concern) | not \s including | nothing \s (about|on) | with \s the \s exception \s of ) \s
  (?<what> [^.;]{2,120})]], "ix")

-- The first words that speak of a topic and are not among those left out.
local function spoken_of(text, topic, omissions)
  local left = 0
  for _, match in ipairs(omissions) do
    left = left + #match.what:mentions(topic)
  end
  local mentions = text:mentions(topic)
  return #mentions > left and mentions:first() or nil
end

rule "ipp1.topics" {
  title    = "The response speaks of what its prompt asks about",
  citation = "Payment 1 template, in the prompts: “including homeless and justice involved populations”, “compliance and "
          .. "oversight capabilities”, “tracking the ongoing viability of WPC infrastructure”",
  remedy   = "Say something about it, or why there is nothing to say.",
  why      = "A topic is looked for by the form's words and by other words for it; a person sees whether it is spoken of in yet "
          .. "others.",
  each     = "response",
  level    = "note",

  when = function(response)
    return response.item.topics, "the prompt names no topics"
  end,

  check = function(response)
    local found, missing = {}, {}
    local omissions = response.text:matches(left_out)
    for _, topic in ipairs(response.item.topics) do
      local mention = spoken_of(response.text, topic_rows[tostring(topic)], omissions)
      table.insert(mention and found or missing, { topic = topic, mention = mention })
    end
    local function named(topics)
      local names = {}
      for number, each in ipairs(topics) do
        names[number] = tostring(each.topic)
      end
      return table.concat(names, ", ")
    end
    local verdict
    if #missing == 0 then
      verdict = pass("spoken of: %s", named(found))
    else
      verdict = review("not spoken of: %s", named(missing))
    end
    for _, each in ipairs(found) do
      verdict:see(each.mention, "%s", each.topic)
    end
    return verdict
  end,

  examples = {
    { state = "pass", item = "1.2.5.5", response = "Teams meet the unhoused and those leaving jails, our populations of focus, "
      .. "where they are." },
    { state = "review", item = "1.2.5.5", response = "Teams meet the populations of focus where they are.",
      message = "not spoken of: people experiencing homelessness, people involved with justice" },
    { state = "review", item = "1.2.5.5", response = "Our populations of focus, leaving out the homeless and those in jail.",
      message = "not spoken of: people experiencing homelessness, people involved with justice" },
    { state = "review", item = "1.2.8", response = "With the other plans we expand the WPC capacity and provider networks.",
      message = "not spoken of: compliance, oversight" },
    { state = "review", item = "1.1.6.6", response = "WPC contracts go on, and physical and behavioral health data is "
      .. "integrated.", message = "ongoing viability" },
    { state = "pass", item = "1.1.6.4", response = "We pay for billing software." },
    { state = "review", item = "1.2.5.6", response = "DPSS, DMH and DPH get our newsletter.",
      message = "not spoken of: collaboration" },
    { state = "pass", item = "1.3.5.7", response = "DPSS, DMH and DPH meet with us monthly." },
    { state = "review", item = "1.2.6.1", response = "a. ECM: 37. b. Providers: 90. c. Churches: 8,600. d. DMH: 75 sites.",
      message = "not spoken of: community-based organizations" },
    { state = "pass", item = "1.2.6.1", response = "a. ECM: 37. b. Churches: 8,600. c. CBOs: 60,000. d. DMH: 75 sites." },
    { state = "review", item = "1.2.6.2", response = "There are quarterly meetings.", message = "not spoken of: relationships" },
    { state = "pass", item = "1.2.6.2", response = "Relationships grow in quarterly meetings." },
    { state = "review", item = "1.2.9.1", response = "Black residents, Latino residents and American Indians.",
      message = "not spoken of: people experiencing homelessness" },
    { state = "pass", item = "1.2.9.1", response = "Among the unhoused, Black residents make up 34%." },
    { state = "review", item = "1.2.10.1", response = "Black residents, Latino residents and White residents.",
      message = "not spoken of: incarceration" },
    { state = "pass", item = "1.2.10.1", response = "Of those in jail, 29% are Black, 54% Latino and 13% White." },
    { state = "not-applicable", item = "1.1.6.7", response = "Nothing else." },
  },
}
