-- Whether two names are one person's, however they are written.
local internal = ...

-- Letters with marks, by how they are written without; marks that stand apart (U+0300 to U+036F) are passed over.
local marked = {
  a = "ÀàÁáÂâÃãÄäÅåĀāĂăĄąǍǎȀȁȂȃȦȧẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ", ae = "ÆæǢǣǼǽ", b = "Ḃḃ", c = "ÇçĆćĈĉĊċČč",
  d = "ĎďĐđÐðḊḋḌḍ", e = "ÈèÉéÊêËëĒēĔĕĖėĘęĚěẸẹẺẻẼẽẾếỀềỂểỄễỆệ", f = "Ḟḟ", g = "ĜĝĞğĠġĢģǦǧ", h = "ĤĥĦħḤḥ",
  i = "ÌìÍíÎîÏïĨĩĪīĬĭĮįİıỈỉỊị", j = "Ĵĵ", k = "ĶķǨǩ", l = "ĹĺĻļĽľĿŀŁł", m = "Ṁṁ", n = "ÑñŃńŅņŇňṄṅ",
  o = "ÒòÓóÔôÕõÖöØøŌōŎŏŐőƠơǑǒọỌỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ", oe = "Œœ", p = "Ṗṗ", r = "ŔŕŖŗŘř",
  s = "ŚśŜŝŞşŠšȘșṠṡṢṣ", ss = "ßẞ", t = "ŢţŤťŦŧȚțṪṫṬṭ", th = "Þþ",
  u = "ÙùÚúÛûÜüŨũŪūŬŭŮůŰűŲųƯưǓǔỤụỦủỨứỪừỬửỮữỰự", w = "ŴŵẀẁẂẃẄẅ", y = "ÝýÿŶŷŸỲỳỴỵỶỷỸỹ", z = "ŹźŻżŽžẒẓ",
}

-- What joins the letters around it (O'Dell, a soft hyphen), and what of the other signs parts words as a space does.
local joining, parting = "'’‘ʼʻ`´\u{00AD}\u{200B}\u{200C}\u{200D}\u{2060}", "\u{00A0}‐‑‒–—―\u{202F}\u{3000}·"

-- How each of these signs is written; made when it is first asked for, since opening a pack is to cost little.
local letters

local function know(signs, as)
  for _, point in ipairs { utf8.codepoint(signs, 1, -1) } do
    letters[point] = as
  end
end

local function letter_of(point)
  if not letters then
    letters = {}
    for plain, signs in pairs(marked) do
      know(signs, plain)
    end
    know(joining, "")
    know(parting, " ")
  end
  return letters[point]
end

local titles = { mr = true, mrs = true, ms = true, miss = true, mx = true, dr = true, doctor = true, prof = true,
  professor = true, rev = true, revd = true, reverend = true, sir = true, dame = true, lord = true, lady = true, hon = true,
  cllr = true, councillor = true }
local degrees = { md = true, phd = true, dphil = true, edd = true, mph = true, mpa = true, mba = true, msw = true, lcsw = true,
  rn = true, jd = true, esq = true, esquire = true, obe = true, mbe = true, cbe = true, jp = true }
local generations = { jr = "jr", junior = "jr", sr = "sr", senior = "sr", ii = "ii", iii = "iii", iv = "iv" }

-- How a code point is written in a folded name; " " where it parts words.
local function folded(point)
  local known = letter_of(point)
  if known then
    return known
  elseif point >= 0x300 and point <= 0x36F then
    return ""
  elseif point < 0x80 then
    local sign = utf8.char(point):lower()
    local is_letter = sign >= "a" and sign <= "z" or sign >= "0" and sign <= "9"
    return is_letter and sign or " "
  end
  return utf8.char(point)
end

-- The words of a text, folded.
local function folded_words(text)
  local words, word = {}, ""
  local points = { utf8.codepoint(text, 1, -1) }
  table.insert(points, 0x20)
  for _, point in ipairs(points) do
    local sign = folded(point)
    if sign ~= " " then
      word = word .. sign
    elseif word ~= "" then
      table.insert(words, word)
      word = ""
    end
  end
  return words
end

-- The words of a name, folded; title and degrees are left out, and the generation (Jr.) comes second.
local function name_words(name)
  local text = internal.kind(name) == "string" and name or tostring(internal.text_of(name, "same_person"))
  local words = internal.plain_words(text) or folded_words(text)
  local generation
  while #words > 1 and titles[words[1]] do
    table.remove(words, 1)
  end
  while #words > 2 and (degrees[words[#words]] or generations[words[#words]]) do
    generation = generation or generations[words[#words]]
    table.remove(words)
  end
  return words, generation
end

-- Whether the words run together are those of the other name, from whichever word one begins: "Ash, Mary-Ann", "MaryAnn Ash".
local function run_together_alike(one, wanted)
  for first = 1, #one do
    if table.concat(one, "", first) .. table.concat(one, "", 1, first - 1) == wanted then
      return true
    end
  end
  return false
end

local function are_the_same(one, other)
  local together, other_together = table.concat(one), table.concat(other)
  if #together ~= #other_together then
    return false
  elseif run_together_alike(one, other_together) or run_together_alike(other, together) then
    return true
  end
  local sorted, others = table.pack(table.unpack(one)), table.pack(table.unpack(other))
  table.sort(sorted)
  table.sort(others)
  return table.concat(sorted, " ") == table.concat(others, " ")
end

-- "mueller" and "müller", "joergensen" and "jørgensen".
local function without_second_vowel(word)
  local result, position = "", 1
  while position <= #word do
    local pair = word:sub(position, position + 1)
    result = result .. pair:sub(1, 1)
    position = position + ((pair == "ae" or pair == "oe" or pair == "ue" or pair == "aa") and 2 or 1)
  end
  return result
end

local function map(words, change)
  local changed = {}
  for number, word in ipairs(words) do
    changed[number] = change(word)
  end
  return changed
end

-- Whether one letter put in, left out or changed makes a word the other.
local function one_letter_apart(one, other)
  if #one > #other then
    one, other = other, one
  end
  if #other < 4 or #other - #one > 1 then
    return false
  end
  local same = 0
  while same < #one and one:sub(same + 1, same + 1) == other:sub(same + 1, same + 1) do
    same = same + 1
  end
  return one:sub(same + 1 + (#one == #other and 1 or 0)) == other:sub(same + 2)
end

-- Whether two words that differ may be one name: an initial, a short form, a letter more or less.
local function may_be_one(one, other)
  if #one > #other then
    one, other = other, one
  end
  local begins = other:sub(1, #one) == one
  local is_initial = utf8.len(one) == 1 and not (one >= "0" and one <= "9")
  return begins and (is_initial or utf8.len(one) >= 3) or one_letter_apart(one, other)
end

-- Whether each word of the shorter name may be another one of the longer, and one of them surely is, which is no initial.
local function may_be_the_same(one, other)
  if #one > #other then
    one, other = other, one
  end
  local taken, sure = {}, false
  local shortened, others_shortened = map(one, without_second_vowel), map(other, without_second_vowel)
  for _, certain in ipairs { true, false } do
    for position, word in ipairs(one) do
      for number, candidate in ipairs(other) do
        local alike = shortened[position] == others_shortened[number]
        local fits = alike or not certain and may_be_one(word, candidate)
        if not taken[number] and not taken["of " .. position] and fits then
          taken[number], taken["of " .. position] = true, true
          sure = sure or alike and utf8.len(word) > 1
        end
      end
    end
  end
  for position in ipairs(one) do
    if not taken["of " .. position] then
      return false
    end
  end
  return sure
end

--- same_person(one, other): string?
-- Whether two names (texts, fields or strings) are one person's: "yes" where only case, accents, hyphens, the order of the
-- words, a title or a degree differ; "perhaps" where initials, a name left out or shortened, one letter or Jr. do; else nil.
-- A blank name is nobody's.
local function same_person(one, other)
  local words, generation = name_words(one)
  local others, other_generation = name_words(other)
  if #words == 0 or #others == 0 or generation and other_generation and generation ~= other_generation then
    return nil
  elseif are_the_same(words, others) then
    return generation == other_generation and "yes" or "perhaps"
  end
  return may_be_the_same(words, others) and "perhaps" or nil
end

return { same_person = same_person }
