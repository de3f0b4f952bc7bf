"""Shows what a conversion made: the collection as a tree, and how the token is got. Used by `make demo`."""

import json
import sys
from pathlib import Path
from typing import Any


def tree(items: list[dict[str, Any]], depth: int = 1) -> None:
    """Print the items of a collection, folders with what is in them."""
    for item in items:
        if "item" in item:
            print(f"{'  ' * depth}{item['name']}/")
            tree(item["item"], depth + 1)
            continue
        auth = item["request"]["auth"]["type"]
        mark = {"bearer": "token", "noauth": "no token"}.get(auth, auth)
        mark = "gets the token" if item["name"].startswith("Get Access Token") else mark
        print(f"{'  ' * depth}{item['request']['method']:<7}{item['name']:<28}{mark}")


def main(stem: str) -> None:
    """Print what lies at `stem`: the collection, its variables, the token's curl command."""
    collection = json.loads(Path(f"{stem}.postman_collection.json").read_text(encoding="utf-8"))
    page = Path(f"{stem}.curl.md").read_text(encoding="utf-8")
    print(f"\n{collection['info']['name']}: the collection\n")
    tree(collection["item"])
    print("\nFill in client_id and client_secret; the rest is there:\n")
    for variable in collection["variable"]:
        print(f"  {variable['key']:<25}{variable['value']}")
    print("\nThe token with curl, on Linux and macOS:\n")
    print(page.split("```sh\n")[2].split("\n```")[0])
    print(f"\nImport {stem}.postman_collection.json into Postman, and press Send.")


if __name__ == "__main__":
    main(sys.argv[1])
