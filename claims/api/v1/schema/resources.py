"""The four addresses of every kind of public object."""

from claims.api.v1.schema import parameters
from claims.api.v1.schema.documents import EXAMPLES, NAMES
from claims.api.v1.schema.members import one_of, ref
from claims.api.v1.schema.operations import Operation, operation
from claims.api.v1.views import RecordViewSet

ORDER = (
    "Newest first unless ordered otherwise. Walks by `published` neither skip nor repeat anything, whatever is "
    "published meanwhile; one by `updated` shows again what was published anew, and one by `-updated` misses it."
)


def resource_operation(view: type[RecordViewSet], action: str) -> Operation:
    """What the address of one of the view's actions answers."""
    many, name, tag = f"{view.kind.label.lower()}s", NAMES[view.kind], f"{view.kind}s"
    query = parameters.query(view.parameters[action], view.filterset)
    path = [parameters.slug(EXAMPLES[view.kind])]
    match action:
        case "list":
            summary, answer = f"Public {many}", one_of(f"{name}List", "SparseList")
            return operation(
                f"list_{tag}", tag=tag, summary=summary, description=ORDER, answer=answer, parameters=query
            )
        case "retrieve":
            identifier, summary, answer = f"get_{tag}", f"One of the {many} as it is now", one_of(name, "Sparse")
        case "editions":
            identifier, summary, answer = f"list_{tag}_editions", "Every state it ever had", ref(f"{name}EditionList")
        case _:
            identifier, summary, answer = f"get_{tag}_edition", "One of these states", ref(f"{name}Edition")
            path.append(parameters.number())
    problems = (400, 404, 410) if action == "retrieve" else (400, 404)
    return operation(identifier, tag=tag, summary=summary, answer=answer, parameters=[*path, *query], problems=problems)
