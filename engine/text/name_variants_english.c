#include "text/name_variants_p.h"

const pv_str pv_english_name_links = PV_STR("of|for|the|and|on|to|in|de|la|del|las|los|y|with|at|as");
const pv_str pv_english_name_and = PV_STR("and");
const pv_str pv_english_articles = PV_STR("the|a|an");
const pv_str pv_english_name_openings = PV_STR(
    "the|of|for|and|on|to|in|with|at|as|a|an|by|from|this|that|these|those|our|your|their|its|his|her|my|all|each|"
    "any|no|not|if|when|where|we|it|is|are|or|but|because|both|every|many|most|other|some|such|after|before|"
    "between|during|through|under|while|how|what|who|why|will|may|also|then|there|they|however|see|per|into");
const pv_str pv_english_particles = PV_STR("up|in|out|off|on|down|over|by|through|around|about|to");
const pv_str pv_english_part_labels =
    PV_STR("section|appendix|attachment|exhibit|chapter|title|table|figure|article|annex|"
           "schedule|volume|phase|amendment|enclosure|addendum|subsection");
const pv_str pv_english_compounds = PV_STR(
    "health care|child care|day care|after care|web site|web page|data base|data set|work force|work group|work flow|"
    "work load|work place|work shop|work sheet|care giver|care taker|case load|case worker|case work|case file|"
    "stake holder|time line|time frame|time table|life span|life time|help line|hot line|policy maker|task force|"
    "house hold|back log|check list|hand book|guide line|frame work|tool kit|tool box|skill set|grand parent|"
    "grand child|grand children|step parent|foster parent|home care|home work|pay roll|payment system|team work|"
    "net work|play group|child birth|birth weight|drop box|road map|cross walk|down time|turn around|wrap around|"
    "walk through|over sight|out reach|out come|in take|in put|on line|e mail|well being|decision making|"
    "policy making|problem solving|self care|note book|note taking|book keeping|record keeping|share holder|"
    "stand point|view point|mile stone|bench mark|land lord|home owner|spread sheet|score card|post card|"
    "key word|pass word|user name|file name|white paper|black board|news letter|care plan|screen shot");
const pv_str pv_english_prefixes = PV_STR(
    "non|co|re|pre|post|multi|anti|sub|semi|inter|intra|under|over|micro|macro|bi|tri|mid|un|mis|pro|trans|"
    "cyber|tele|socio|psycho|bio|neuro|counter|de|para|e|on|in|out|cross|self|well|day|check|life|policy|decision");
const pv_str pv_english_other_meanings = PV_STR(
    "re sign|re signed|re cover|re covered|re covery|re create|re creation|re form|re formed|co op|co ops|re lease|"
    "re leased|re sent|re mark|re count|re counted|re treat|re treated|re present|re collect|re dress|re serve|"
    "re served|re sort|re search|re turn|re act|re place|re placed|pro active|in to|on to|re view|re port|re lay|"
    "re cite|re fund|re prove|re petition|re strain|re tire|re move|re pair|un ionized|pre position");
const pv_str pv_english_suffixes = PV_STR(
    "wide|making|maker|makers|taking|giving|givers|giver|time|line|lines|load|loads|work|worker|workers|group|groups|"
    "site|care|being|free|fold|book|mark|net|flow|sheet|term");
