-- expect: load
-- not Lua
rule "attack.syntax" {
  title = "x"
  citation = "y"
}
