rule "weak.bad" {
