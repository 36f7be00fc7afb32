-- Whether the wording is an answer of its own to this prompt: not another response's, not another filing's, not the form's,
-- not one about the other programme.

-- For the examples, so many words of one kind: "own1 own2 …".
local function words(kind, count)
  local numbered = {}
  for number = 1, count do
    numbered[number] = kind .. number
  end
  return table.concat(numbered, " ")
end

rule "ipp1.near-duplicate" {
  title    = "The response is not the wording of an earlier one",
  citation = "Payment 1 template, in the prompts: “Describe approach”, “Describe plan”, “Describe strategy”, “Outline the "
          .. "landscape”",
  remedy   = "Write what is particular to this prompt.",
  why      = "A prompt for Community Supports may ask what one for ECM asked; the same answer may do for both, but what "
          .. "was left standing from the other measure is easily overlooked.",
  each     = "response",
  level    = "note",

  parameters = {
    share = {
      type    = "percentage",
      default = "60%",
      low     = "1%",
      high    = "100%",
      means   = "From which share of its wording, found in an earlier response, a response is a copy.",
    },
    run = {
      type    = "integer",
      default = 20,
      low     = 3,
      means   = "From how many words in a row, found in an earlier response, a response is a copy.",
    },
  },

  check = function(response, _, parameters)
    local earlier = response:nearest_earlier()
    if not earlier then
      return pass("no earlier response shares three words in a row with it")
    end
    return instead(not_copied_from(response, earlier, parameters.share, parameters.run), "review")
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
    -- 20 words in a row are a copy, and 19 are not, while the rest is the response's own.
    {
      state = "review",
      item = "1.3.6.2",
      responses = { ["1.2.7.2"] = words("same", 20) },
      response = words("same", 20) .. " " .. words("own", 40),
      at = words("same", 20),
    },
    {
      state = "pass",
      item = "1.3.6.2",
      responses = { ["1.2.7.2"] = words("same", 19) },
      response = words("same", 19) .. " " .. words("own", 40),
    },
    -- 22 words are 20 runs of three. Of them 14 words share 12, or 60%; 13 words share 11, or 55%.
    {
      state = "review",
      item = "1.3.6.2",
      responses = { ["1.2.7.2"] = words("same", 14) },
      response = words("same", 14) .. " " .. words("own", 8),
    },
    {
      state = "pass",
      item = "1.3.6.2",
      responses = { ["1.2.7.2"] = words("same", 13) },
      response = words("same", 13) .. " " .. words("own", 9),
    },
  },
}

-- For the examples, so many filings of one response each, worded on its own.
local function filings_of_their_own(count)
  local filings = {}
  for number = 1, count do
    filings[number] = { responses = { ["1.1.7"] = ("own%d "):format(number):rep(count) } }
  end
  return filings
end

-- California has 58 counties: the filings of one plan can always be compared.
rule "ipp1.alike-across-counties" {
  title    = "A response is not the wording of another filing",
  citation = "Payment 1 template, header: “MCPs that operate in multiple counties will need to submit a separate "
          .. "Gap-Filling Plan for each county.”",
  remedy   = "Write what is particular to this county.",
  why      = "Each response is held against those to the same prompt in the other filings that are checked with it. A plan may "
          .. "do the same in several counties; a reviewer should see that it says so.",
  each     = "collection",
  level    = "warning",

  parameters = {
    share = {
      type    = "percentage",
      default = "80%",
      low     = "1%",
      high    = "100%",
      means   = "From which share of its wording, found in another filing's response, a response is a copy.",
    },
    run = {
      type    = "integer",
      default = 60,
      low     = 3,
      means   = "From how many words in a row, found in another filing's response, a response is a copy.",
    },
    most = {
      type    = "integer",
      default = 60,
      low     = 2,
      high    = 100,
      means   = "Up to how many filings are compared, each with each.",
    },
  },

  when = function(collection, _, parameters)
    local count = #collection.submissions
    if count > parameters.most then
      return false, ("%d filings are more than the %d that are compared, each with each"):format(count, parameters.most)
    end
    return count > 1, "there is no other filing"
  end,

  check = function(collection, _, parameters)
    local copies = {}
    for _, filing in ipairs(collection.submissions) do
      for _, response in ipairs(filing.responses) do
        local earlier = not response.blank and response:copied_from(parameters.share, parameters.run)
        if earlier then
          table.insert(copies, not_copied_from(response, earlier, parameters.share, parameters.run))
        end
      end
    end
    if #copies == 0 then
      return pass("each filing is worded on its own")
    end
    return instead(copies[1]:working("responses worded like another filing's: %d", #copies), "review")
  end,

  examples = {
    {
      state = "pass",
      submissions = {
        { responses = { ["1.1.7"] = "We train the teams of both hospitals." } },
        { responses = { ["1.1.7"] = "A new mobile clinic drives along the valley." } },
      },
    },
    {
      state = "review",
      at = "We train the teams of both hospitals in this county",
      submissions = {
        { responses = { ["1.1.7"] = "We train the teams of both hospitals in this county." } },
        { responses = { ["1.1.7"] = "A new mobile clinic drives along the valley." } },
        { responses = { ["1.1.7"] = "We train the teams of both hospitals in this county." } },
      },
    },
    -- The same words under another prompt are not compared.
    {
      state = "pass",
      submissions = {
        { responses = { ["1.1.7"] = "We train the teams of both hospitals in this county." } },
        { responses = { ["1.2.8"] = "We train the teams of both hospitals in this county." } },
      },
    },
    -- 60 words in a row are a copy, and 59 are not, while the rest is the response's own.
    {
      state = "review",
      at = words("same", 60),
      submissions = {
        { responses = { ["1.1.7"] = words("same", 60) } },
        { responses = { ["1.1.7"] = words("same", 60) .. " " .. words("own", 40) } },
      },
    },
    {
      state = "pass",
      submissions = {
        { responses = { ["1.1.7"] = words("same", 59) } },
        { responses = { ["1.1.7"] = words("same", 59) .. " " .. words("own", 40) } },
      },
    },
    -- 52 words are 50 runs of three. Of them 42 words share 40, or 80%; 41 words share 39, or 78%.
    {
      state = "review",
      submissions = {
        { responses = { ["1.1.7"] = words("same", 42) } },
        { responses = { ["1.1.7"] = words("same", 42) .. " " .. words("own", 10) } },
      },
    },
    {
      state = "pass",
      submissions = {
        { responses = { ["1.1.7"] = words("same", 41) } },
        { responses = { ["1.1.7"] = words("same", 41) .. " " .. words("own", 11) } },
      },
    },
    { state = "not-applicable", message = "no other", submissions = filings_of_their_own(1) },
    { state = "pass", submissions = filings_of_their_own(60) },
    { state = "not-applicable", message = "61 filings are more than the 60", submissions = filings_of_their_own(61) },
  },
}

-- So many letters tell one word from another, and from so few telling words nothing can be told.
local letters_told, words_least = #"devel", #"four"

-- Words that say nothing of their own.
local filler = "a an the and or of to in on at by for with from as is are be been will shall would can do does done has have it its "
  .. "this that these those such our we us their they which who each every any all also so not than per other others among within "
  .. "into through order respect times place way ways according accordingly describe described describes approach approaches plan "
  .. "plans strategy s based various appropriate successfully effectively fully work working efforts ongoing continue achieve least "
  .. "made make"

rule "ipp1.echo" {
  title    = "The response says more than the form does",
  citation = "Payment 1 template, in the prompt: “Describe approaches for collaborating with, Social Services, County "
          .. "Behavioral Health, and County/Local Public Health Agencies”",
  remedy   = "Say who does what, when and how.",
  each     = "response",
  level    = "warning",

  parameters = {
    share = {
      type    = "percentage",
      default = "40%",
      low     = "1%",
      high    = "100%",
      means   = "From which share of its wording, found on the form, a response only repeats the form.",
    },
    words = {
      type    = "percentage",
      default = "85%",
      low     = "50%",
      high    = "100%",
      means   = "From which share of its telling words, found on the form in whatever order, a response says nothing more.",
    },
  },

  check = function(response, submission, parameters)
    -- The measure's description and the prompt; a measure of one item prints the one as the other.
    local description, prompt = response.measure.description, response.item.prompt
    local first = description ~= "" and response.text:similarity(description).containment >= parameters.share
    local printed = (first or prompt == "") and description or prompt
    local verdict = printed ~= "" and not_echoing(response, printed, parameters.share) or nil
    if verdict and verdict.state == "fail" then
      return instead(verdict, "review")
    end
    -- In whatever order and form, the filer's own name apart.
    local shared, all = response.text:telling_words({ description, prompt }, letters_told, filler,
      submission.fields.plan.text, parameters.words)
    if verdict and shared and all >= words_least and decimal(shared) >= decimal(all) * parameters.words then
      return review("%d of its %d telling words are the form's own, in another order", shared, all):at(response.text)
    end
    return instead(verdict, "review")
  end,

  examples = {
    { state = "pass", item = "1.2.5.6", response = "The county's Department of Mental Health has a seat on our board." },
    -- In another order, and in other forms of the words.
    { state = "review", item = "1.2.5.2", response = "ECM workforce needs, training needs and TA needs in the county will be "
      .. "identified, including cultural competency needs specific to the county.", message = "telling words" },
    { state = "pass", item = "1.2.5.2", response = "We survey ECM workforce needs in March, with UCLA's school of nursing." },
    { state = "review", item = "1.2.5.6", response = "We will improve outreach to and engagement with hard to reach "
      .. "individuals within each Populations of Focus and reduce underlying health disparities." },
    -- Twelve words are ten runs of three: six words of the form's are four of them, or 40%, and five words are 30%.
    { state = "review", item = "1.2.5.6", response = "improve outreach to and engagement with " .. words("own", 6) },
    { state = "pass", item = "1.2.5.6", response = "improve outreach to and engagement " .. words("own", 7) },
    -- The prompt's own words, which the description has not.
    { state = "review", item = "1.2.9.1", response = "Identify and describe top 3 – 4 racial and ethnic groups that are "
      .. "disproportionately experiencing homelessness in the county" },
  },
}

local programme_names = phrases(form.tables.programme)
local joint = "ECM and Community Supports"
local programme_rows = {}
for _, row in ipairs(form.tables.programme) do
  programme_rows[row.name] = row
end

-- "Our community supports families": a verb.
local verb_phrase = pattern([[\b (our | the | a | an | this | that | each | every | whole | local) \s (\w+ \s)? community \s supports
  \s (our | the | a | an | its | their | all | these | those | this | that | each | us | them | recovery | health | housing
  | families | people | members | children | youth | adults | residents | individuals | neighbors | seniors | veterans | parents) \b]], "ix")

-- Whether a mention is a name of a programme: the words may be others' too.
local function is_name(mention)
  return not (tostring(mention) == "community supports" and mention.sentence and mention.sentence:find(verb_phrase))
end

rule "ipp1.programme" {
  title    = "A response about one programme does not speak of the other",
  citation = "Payment 1 template, headings of priority areas 2 and 3: “ECM Provider Capacity Building”, “Community "
          .. "Supports (ILOS) Provider Capacity Building & Take-Up”",
  remedy   = "Check whether the response was written for the other programme.",
  why      = "Both programmes in one breath (“ECM and Community Supports”), and what one has to do with the other, may stand in "
          .. "either part of the form.",
  each     = "response",
  level    = "warning",

  when = function(response)
    return response.measure.section.programme, "the area is about both programmes"
  end,

  check = function(response)
    local programme = response.measure.section.programme
    for _, mention in ipairs(response.text:mentions(programme_names)) do
      if mention.row.name ~= programme and mention.row.name ~= joint and is_name(mention) then
        local own = mention.sentence and mention.sentence:mentions(programme_rows[tostring(programme)]):where(is_name)
        if not own or #own == 0 then
          return review("“%s” in a response about %s", mention, programme):at(mention)
        end
      end
    end
    return pass()
  end,

  examples = {
    { state = "pass", item = "1.3.6.1", response = "The Tribe offers no Community Supports." },
    { state = "pass", item = "1.2.6.2", response = "We launch ECM and Community Supports with them." },
    { state = "review", item = "1.3.6.1", response = "We work with Tribal Partners on ECM.", at = "ECM" },
    { state = "review", item = "1.3.6.1", response = "We work on ECM. No Community Supports are offered.", at = "ECM" },
    -- What one has to do with the other.
    { state = "pass", item = "1.3.5.2", response = "Members receiving ECM are referred to Community Supports." },
    { state = "pass", item = "1.3.5.2", response = "Community Supports and Enhanced Care Management (ECM) providers." },
    { state = "review", item = "1.2.7.3", response = "We will expand Community Supports.", at = "Community Supports" },
    { state = "pass", item = "1.2.7.3", response = "Our community supports families." },
    { state = "review", item = "1.3.6.1", response = "Our community supports families and we expand ECM.", at = "ECM" },
    { state = "not-applicable", item = "1.1.6.1", response = "ECM providers are assigned." },
  },
}
