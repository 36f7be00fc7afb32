"""counting.py PROVISO PAGE: holds every line of the page's tables (text, what it gives) to what the rules see.

The second column's name says what is counted; for each there is a rule here that tells what it sees as the message of
its verdict. "align NAME" holds the text against the one row NAME, "align 2 NAME" against several rows of which it is
one, "follows TEMPLATE" against the template.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

RULES = """
local function listed(values, show)
  local shown = values:map(show)
  return #shown > 0 and table.concat(shown, ", ") or "none"
end

local function quantity(unit)
  return function(found)
    local said = tostring(found.value)
    if found.is_range then
      said = said .. " to " .. tostring(found.upper)
    end
    return (found.qualifier and found.qualifier .. " " or "") .. said .. (unit and " " .. found.unit or "")
  end
end

local function day(date)
  return ("%04d-%02d-%02d"):format(date.year, date.month, date.day)
end

local function dated(found)
  if found.is_impossible then
    return "no such day"
  end
  local first, last = day(found.first), day(found.last)
  return (first == last and first or first .. " to " .. last) .. (found.is_ambiguous and " (ambiguous)" or "")
end

local function frequency(found)
  local said = (found.qualifier and found.qualifier .. " " or "") .. found.text.string
  return said .. (found.is_ambiguous and " (ambiguous)" or "") .. ": " .. (found.what and found.what.string or "")
end

local function marked(text)
  local items = text:items()
  local shown = listed(items, function(item) return item.marker.string end)
  return items.confidence == "loose" and shown .. " (loose)" or shown
end

local counted = {
  ["periods"] = function(text)
    return listed(text:periods(), function(found)
      return day(found.first) .. (found.open and " on" or " to " .. day(found.last))
    end)
  end,
  ["words"] = function(text) return #text.words end,
  ["words_by dash-split"] = function(text) return #text:words_by("dash-split") end,
  ["words_by uax29"] = function(text) return #text:words_by("uax29") end,
  ["tricks"] = function(text) return listed(text:tricks(), function(found) return found.kind end) end,
  ["list items"] = function(text) return text:items().leaves end,
  ["outer items"] = function(text) return text:items().outer end,
  ["markers"] = marked,
  ["order"] = function(text)
    local first = text:items().irregular
    return first and ("%s: %s"):format(first.marker, first.order) or "regular"
  end,
  ["series"] = function(text) return listed(text:series(), function(found) return tostring(#found) end) end,
  ["percentages"] = function(text) return listed(text:percentages(), quantity()) end,
  ["counts"] = function(text) return listed(text:counts(), quantity()) end,
  ["amounts"] = function(text) return listed(text:amounts(), quantity()) end,
  ["dates"] = function(text) return listed(text:dates(), dated) end,
  ["frequencies"] = function(text) return listed(text:frequencies(), frequency) end,
  ["durations"] = function(text) return listed(text:durations(), quantity(true)) end,
  ["acronyms"] = function(text)
    return listed(text:acronyms(), function(found)
      local said = ("%s %d"):format(found.form, found.count) .. (found.expansion and " = " .. found.expansion.string or "")
      for _, words in ipairs(found.others) do
        said = said .. " / " .. words.string
      end
      return said .. (found.early and " (early)" or "")
    end)
  end,
  ["name variants"] = function(text)
    return listed(text:name_variants(), function(found)
      return ("%s: %s %d < %s %d"):format(found.kind, found.text, found.count, found.usual, found.usual_count)
    end)
  end,
}

local function part(found)
  if not found.heading then
    return "0"
  end
  return ("%d %s%s"):format(found.depth, found.number and found.number.string .. " | " or "", found.heading)
end

local function placed(found)
  return found.part and ("%s, %s: %s"):format(found.confidence, found.how, found.part) or "none"
end

-- What the page asks for together, by "align 2".
local asked_for = { "Consultation and coordination", "Workforce support", "Workforce training", "Prevention caseloads" }

local function aligned(found)
  return found.part and ("%s, %s: %s"):format(found.confidence, found.how, found.words) or "none"
end

local function followed(found)
  if found.state ~= "changed" then
    return found.state
  end
  return ("%s, %s alike, out: %s, in: %s"):format(found.state, found.similarity, found.removed, found.added)
end

counted["parts"] = function(text)
  return listed(text:parts(), part)
end

local function count(what, text)
  if what:sub(1, 8) == "align 2 " then
    for number, name in ipairs(asked_for) do
      if name == what:sub(9) then
        return placed(text:align(asked_for, "align 2")[number])
      end
    end
  elseif what:sub(1, 6) == "align " then
    return aligned(text:align({ what:sub(7) }):first())
  elseif what:sub(1, 8) == "follows " then
    return listed(text:follows(what:sub(9)), followed)
  end
  return counted[what](text)
end

rule "counting.shown" {
  title = "Each text gives what the page says", citation = "the page", remedy = "Correct the page.",
  each = "response", level = "error", blank = true,
  check = function(response)
    return review("%s", count(response.item.prompt, response.text))
  end,
}
"""


def read_tables(page):
    """(line number, what is counted, text, what the page says) for every line of every table."""
    rows, what = [], None
    for number, line in enumerate(page.splitlines(), 1):
        cells = None
        if line.startswith("|"):
            cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells is None:
            what = None
        elif cells[0] == "text":
            what = cells[1]
        elif what and not set(cells[0]) <= set("-"):
            text = re.fullmatch(r"`(.*)`", cells[0]).group(1)
            rows.append((number, what, text.replace("↵", "\n\n"), cells[1]))
    return rows


def write_pack(folder, rows):
    items = [{"id": str(i), "prompt": row[1]} for i, row in enumerate(rows)]
    measure = {"id": "m", "section": "s", "title": "Texts", "obligation": "optional", "items": items}
    form = {"form": "counting", "title": "Counting", "sections": [{"id": "s", "title": "S"}], "measures": [measure]}
    pack = {"pack": "counting", "version": "1", "title": "Counting", "form": "form.yaml", "rules": ["rules.lua"]}
    filing = {"form": "counting", "measures": {"m": {str(i): row[2] for i, row in enumerate(rows)}}}
    for name, content in ("form.yaml", form), ("pack.yaml", pack), ("filing.yaml", filing):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)  # JSON is YAML
    with open(os.path.join(folder, "rules.lua"), "w", encoding="utf-8") as file:
        file.write(RULES)


def main():
    proviso, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        rows = read_tables(file.read())
    assert len(rows) > 20, "the page has its tables"
    with tempfile.TemporaryDirectory() as parent:
        folder = os.path.join(parent, "counting")
        os.mkdir(folder)
        write_pack(folder, rows)
        command = [os.path.abspath(proviso), "check", "--pack", folder, "--format", "json", folder + "/filing.yaml"]
        done = subprocess.run(command, capture_output=True, text=True)
        report = json.loads(done.stdout)
    seen = {v["subject"]["item"]: v["message"] for v in report["verdicts"] if v["rule"] == "counting.shown"}
    assert not report["faults"], report["faults"]
    wrong = 0
    for i, (number, what, text, said) in enumerate(rows):
        if seen[str(i)].rstrip() != said:
            wrong += 1
            print(f"{path}:{number}: {what} of {text!r}: the page says {said}, the rules see {seen[str(i)]}")
    sys.exit(wrong > 0)


main()
