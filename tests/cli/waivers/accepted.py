import json, sys

report = json.load(sys.stdin)
for verdict in report["verdicts"]:
    if verdict["state"] in ("fail", "review") or verdict["waiver"]:
        print(verdict["rule"], verdict["subject"]["name"], verdict["level"], verdict["waiver"], verdict["baseline"])
print(report["summary"])
