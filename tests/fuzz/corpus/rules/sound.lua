local parties = phrases(form.tables.party)
local digits = pattern [[\d+]]
local function declare(id, each, check)
  rule(id) { title = 'T', citation = 'C', remedy = 'R', each = each, level = 'error', check = check, record = each == 'record'
             and 'row' or nil, examples = { { state = 'pass' }, { state = 'fail' } } }
end
declare('f.words', 'response', function(r) return at_most(r.words, 5) end)
declare('f.text', 'response', function(r)
  local found = r.text:find(digits) or r.text:mentions(parties):first()
  if not found then return review('nothing in %s', r.id):working('%d items', r.text:items().leaves) end
  return fail('found'):at(found)
end)
declare('f.numbers', 'response', function(r)
  local largest = r.text:percentages():largest()
  return largest and at_least(largest, decimal('20%')) or pass('%d', #r.text:counts() + #r.text:amounts() + #r.text:tricks())
end)
declare('f.row', 'record', function(row) return row.points and at_most(row.points, 10) or fail('none') end)
declare('f.measure', 'measure', function(m) return present(m.responses[1]) end)
