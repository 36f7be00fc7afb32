-- Whether the wording is an answer of its own to this prompt: not another response's, not the form's, not one about the
-- other programme.

rule "ipp1.near-duplicate" {
  title    = "The response is not the wording of an earlier one",
  citation = "Payment 1 template, in the prompts: “Describe approach”, “Describe plan”, “Describe strategy”, “Outline the "
          .. "landscape”",
  remedy   = "Write what is particular to this prompt.",
  why      = "A prompt for Community Supports may ask what one for ECM asked; the same answer may do for both, but what "
          .. "was left standing from the other measure is easily overlooked.",
  each     = "response",
  level    = "note",

  check = function(response)
    local earlier, alike = response:nearest_earlier()
    if earlier and (alike.containment >= form.near_duplicate or alike.run >= form.near_duplicate_run) then
      return review("%s of the wording is that of %s, %d words in a row", alike.containment, earlier.id, alike.run)
        :at(alike.first)
        :see(alike.second, "the same words in %s", earlier.id)
    end
    return pass()
  end,

  examples = {
    {
      state = "pass",
      item = "1.3.6.2",
      responses = { ["1.2.7.2"] = "We will sign a memorandum with each willing Tribe." },
      response = "A health center offers recuperative care, and we are in talks with it.",
    },
    {
      state = "review",
      item = "1.3.6.2",
      responses = { ["1.2.7.2"] = "We remain committed to serving American Indians and improving access to ECM." },
      response = "We remain committed to serving American Indians and improving access to Community Supports.",
      at = "We remain committed to serving American Indians and improving access to",
    },
  },
}

rule "ipp1.echo" {
  title    = "The response says more than the form does",
  citation = "Payment 1 template, in the prompt: “Describe approaches for collaborating with, Social Services, County "
          .. "Behavioral Health, and County/Local Public Health Agencies”",
  remedy   = "Say who does what, when and how.",
  each     = "response",
  level    = "warning",

  check = function(response)
    local description = response.measure.description
    -- A measure of one item prints its description as the prompt.
    local alike = response.text:similarity(description ~= "" and description or response.item.prompt)
    if alike.containment >= form.echo then
      return review("%s of the wording is the form's own, %d words in a row", alike.containment, alike.run):at(alike.first)
    end
    return pass()
  end,

  examples = {
    { state = "pass", item = "1.2.5.6", response = "The county's Department of Mental Health has a seat on our board." },
    { state = "review", item = "1.2.5.6", response = "We will improve outreach to and engagement with hard to reach "
      .. "individuals within each Populations of Focus and reduce underlying health disparities." },
  },
}

local programme_names = phrases(form.tables.programme)
local joint = "ECM and Community Supports"

rule "ipp1.programme" {
  title    = "A response about one programme does not speak of the other",
  citation = "Payment 1 template, headings of priority areas 2 and 3: “ECM Provider Capacity Building”, “Community "
          .. "Supports (ILOS) Provider Capacity Building & Take-Up”",
  remedy   = "Check whether the response was written for the other programme.",
  why      = "Both programmes in one breath (“ECM and Community Supports”) may stand in either part of the form.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.measure.section.programme, "the area is about both programmes"
  end,

  check = function(response)
    local programme = response.measure.section.programme
    for _, mention in ipairs(response.text:mentions(programme_names)) do
      if mention.row.name ~= programme and mention.row.name ~= joint then
        return review("“%s” in a response about %s", mention, programme):at(mention)
      end
    end
    return pass()
  end,

  examples = {
    { state = "pass", item = "1.3.6.1", response = "The Tribe offers no Community Supports." },
    { state = "pass", item = "1.2.6.2", response = "We launch ECM and Community Supports with them." },
    { state = "review", item = "1.3.6.1", response = "We work with Tribal Partners on ECM.", at = "ECM" },
    { state = "review", item = "1.2.7.3", response = "We will expand Community Supports.", at = "Community Supports" },
    { state = "not-applicable", item = "1.1.6.1", response = "ECM providers are assigned." },
  },
}
