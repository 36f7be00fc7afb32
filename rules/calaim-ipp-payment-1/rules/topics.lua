-- Whether a response speaks of what its prompt asks about: the populations, capabilities and dates that the form names.

local topic_rows = {}
for _, row in ipairs(form.tables.topic) do
  topic_rows[row.name] = row
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
    local spoken_of, missing = {}, {}
    for _, topic in ipairs(response.item.topics) do
      local mention = response.text:mentions(topic_rows[tostring(topic)]):first()
      table.insert(mention and spoken_of or missing, { topic = topic, mention = mention })
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
      verdict = pass("spoken of: %s", named(spoken_of))
    else
      verdict = review("not spoken of: %s", named(missing))
    end
    for _, each in ipairs(spoken_of) do
      verdict:see(each.mention, "%s", each.topic)
    end
    return verdict
  end,

  examples = {
    { state = "pass", item = "1.2.5.5", response = "Teams meet the unhoused and those leaving jails, our populations of focus, "
      .. "where they are." },
    { state = "review", item = "1.2.5.5", response = "Teams meet the populations of focus where they are.",
      message = "not spoken of: people experiencing homelessness, people involved with justice" },
    { state = "review", item = "1.2.8", response = "With the other plans we expand the WPC capacity and provider networks.",
      message = "not spoken of: compliance, oversight" },
    { state = "review", item = "1.1.6.6", response = "WPC contracts go on, and physical and behavioral health data is "
      .. "integrated.", message = "ongoing viability" },
    { state = "pass", item = "1.1.6.4", response = "We pay for billing software." },
    { state = "not-applicable", item = "1.1.6.7", response = "Nothing else." },
  },
}
