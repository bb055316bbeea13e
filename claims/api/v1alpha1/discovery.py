"""The discovery document, in Google's Discovery Format, with the names that Google's own document has.

https://developers.google.com/discovery/v1/reference/apis
"""

from typing import Any

from claims.api.v1alpha1.parameters import ADDED_BY_CLIENTS, LARGEST_OFFSET, LARGEST_PAGE, PAGE_SIZE

PREFIX = "GoogleFactcheckingFactchecktoolsV1alpha1"


def discovery_document(root: str) -> dict[str, Any]:
    """`root` is the absolute address of the site, with a slash at its end."""
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "factchecktools:v1alpha1",
        "name": "factchecktools",
        "canonicalName": "Fact Check Tools",
        "version": "v1alpha1",
        "version_module": True,
        "revision": "1",
        "title": "Fact Check Tools API",
        "description": "Published fact checks of this site, as Google's Fact Check Tools API gives those of all sites.",
        "protocol": "rest",
        "rootUrl": root,
        "servicePath": "",
        "basePath": "",
        "baseUrl": root,
        "fullyEncodeReservedExpansion": True,
        "parameters": COMMON,
        "resources": {"claims": {"methods": {"search": SEARCH}}},
        "schemas": SCHEMAS,
    }


def _parameter(description: str, **more: Any) -> dict[str, Any]:
    return {"description": description, "location": "query", "type": "string"} | more


def _number(description: str) -> dict[str, Any]:
    return _parameter(description, type="integer", format="int32")


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"description": description, "type": "string"} | more


def _schema(name: str, description: str, /, **properties: dict[str, Any]) -> dict[str, dict[str, Any]]:
    name = f"{PREFIX}{name}"
    return {name: {"id": name, "type": "object", "description": description, "properties": properties}}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"{PREFIX}{name}"}


def _list(name: str, description: str) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": _reference(name)}


IGNORED = _parameter("Accepted from clients that send it; it changes nothing.")
FORM = _parameter("Form of the answer.", default="json", enum=["json"], enumDescriptions=["JSON"])
COMMON = {
    "alt": FORM,
    "$alt": FORM,
    **dict.fromkeys(ADDED_BY_CLIENTS, IGNORED),
    "fields": _parameter("Accepted from clients that send it; the answer is whole whatever it asks for."),
    "key": _parameter("A partner's key; what does not have the form of one changes nothing."),
    "prettyPrint": IGNORED | {"type": "boolean"},
}

SEARCH = {
    "id": "factchecktools.claims.search",
    "description": "Find claims that were fact-checked here, the newest first.",
    "httpMethod": "GET",
    "path": "v1alpha1/claims:search",
    "flatPath": "v1alpha1/claims:search",
    "parameterOrder": [],
    "parameters": {
        "query": _parameter(
            "Words that the claim holds, in any order. Required unless reviewPublisherSiteFilter is given."
        ),
        "languageCode": _parameter("Language (BCP 47), such as en-US. The region does not count."),
        "reviewPublisherSiteFilter": _parameter("Site of the publisher, such as facts.example."),
        "maxAgeDays": _number("Age in days at most, of the newer of claim and review. 0 sets no limit."),
        "pageSize": _number(f"Number of claims at most: {PAGE_SIZE} if not given, and never over {LARGEST_PAGE}."),
        "pageToken": _parameter(
            "The nextPageToken of the answer before. All other parameters must be as in that request."
        ),
        "offset": _number(f"How many claims to leave out, up to {LARGEST_OFFSET}. Does not count with a pageToken."),
    },
    "response": _reference("FactCheckedClaimSearchResponse"),
}

SCHEMAS = {
    **_schema(
        "FactCheckedClaimSearchResponse",
        "A page of claims.",
        claims=_list("Claim", "The claims; absent where none was found."),
        nextPageToken=_text("For pageToken of the next request; absent on the last page."),
    ),
    **_schema(
        "Claim",
        "A claim and what was found.",
        text=_text("The claim in one sentence."),
        claimant=_text("Name of the person or organisation that made it."),
        claimDate=_text(
            "Midnight of the day on which it was made; absent unless the day is known.", format="google-datetime"
        ),
        claimReview=_list("ClaimReview", "What was found."),
    ),
    **_schema(
        "ClaimReview",
        "A fact check.",
        publisher=_reference("Publisher"),
        url=_text("Address of the fact check."),
        title=_text("Title of the page at that address."),
        reviewDate=_text("Midnight of the day of the verdict.", format="google-datetime"),
        textualRating=_text("The verdict, such as Mostly false."),
        languageCode=_text("Language (BCP 47)."),
    ),
    **_schema(
        "Publisher",
        "Who checked the claim.",
        name=_text("Name of the publisher."),
        site=_text("Host of the address, without www."),
    ),
}
