"""Door: what is personal in the courses wing."""

from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage, ModulePage
from courses.curriculum.kinds import (
    ActivityRecording,
    Checklist,
    Listening,
    Quiz,
    Reading,
    Reflection,
    Test,
    Watching,
)
from courses.curriculum.models import Activity, Course, Outline, OutlineItem, OutlineLesson
from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
from courses.planning.models import (
    CompetencePlan,
    Goal,
    Milestone,
    PlanReview,
    PlanTemplate,
    TemplateGoal,
    TemplateStage,
)
from courses.progression.kinds import (
    AllOf,
    AnyOf,
    Attested,
    CompetenceCount,
    CompetenceHeld,
    CourseCompleted,
    Equivalent,
    HoursCollected,
    HoursTaught,
    LevelHeld,
    OfficeHeld,
    PaperPassed,
    PracticeObserved,
    SessionAttended,
)
from courses.progression.models import (
    Award,
    AwardEnding,
    CourseProves,
    Extension,
    Level,
    LevelRule,
    NextLook,
    Requirement,
    Track,
)
from courses.tracks.models import AwardImport, PreviewLine, RulePreview
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_ACTIVITY = "id public_id course key created_at polymorphic_ctype"
declare(Course, plain="id public_id key title archived_at is_planned planned_minutes created_at")
declare(Activity, plain=_ACTIVITY)
for kind in (Reading, Watching, Listening, Reflection, Checklist):
    declare(kind, plain=f"{_ACTIVITY} activity_ptr")
for kind_with_paper in (Quiz, Test):
    declare(kind_with_paper, plain=f"{_ACTIVITY} activity_ptr paper")
declare(ActivityRecording, plain="id activity language recording")
declare(Outline, plain="id course number published_at")
declare(
    OutlineLesson,
    plain="id outline key order title module_key module_number module_title minutes is_test",
)
declare(OutlineItem, plain="id lesson activity kind order is_required")

_ACTED = Personal(
    Kind.TECHNICAL,
    "who decided it, in an office of trust",
    "as long as the decision; the person is unlinked at erasure",
    OnErase.UNLINK,
    export=False,
)
declare(Track, plain="id key title order purpose archived_at")
declare(Level, plain="id track key order title display_name purpose")
declare(
    LevelRule,
    plain="id level decision valid_months certificate certificate_course valid_from valid_until adopted_at"
    " ends_older_on lapses_unless_next_within",
    adopted_by=_ACTED,
)
declare(
    Extension,
    plain="id public_id level unit decision lapsing_from lapsing_until until made_at undone_at",
    by=_ACTED,
)
declare(CourseProves, plain="id course competence level")
_NODE = "id rule parent order part key polymorphic_ctype"
declare(Requirement, plain=_NODE)
for requirement, fields in {
    AllOf: "",
    AnyOf: "least",
    CourseCompleted: "course",
    PaperPassed: "paper paper_key title least_percent",
    CompetenceHeld: "competence least_level",
    CompetenceCount: "count least_level",
    LevelHeld: "level or_lapsed",
    OfficeHeld: "offices months within_months unit_kinds",
    SessionAttended: "session_key title least_share",
    PracticeObserved: "form_key title least_score count distinct_observers",
    HoursCollected: "least_hours within_months",
    HoursTaught: "least_hours within_months",
    Attested: "by about title",
    Equivalent: "name title",
}.items():
    declare(requirement, plain=f"{_NODE} requirement_ptr {fields}")

declare(PlanTemplate, plain="id key number title made_for office_key unit_kinds decision valid_from valid_until")
declare(TemplateStage, plain="id template order months action review")
_GOAL = (
    "id kind order level competence least_level course is_coverage least_share least_count offices within_days is_begun"
)
declare(TemplateGoal, plain=f"{_GOAL} task stage")

_PAGE_OWNER = Personal(Kind.TECHNICAL, "who wrote the page", "as long as the page", OnErase.UNLINK)
for page_class in (
    HomePage,
    CourseIndexPage,
    CoursePage,
    ModulePage,
    LessonPage,
):
    inherited = {f.name for f in page_class._meta.get_fields() if f.concrete or not f.auto_created}
    people = {"owner", "locked_by"} & inherited
    plain = sorted(inherited - people)
    declare(page_class, plain=" ".join(plain), **dict.fromkeys(sorted(people), _PAGE_OWNER))

_STEP = Personal(
    Kind.LEARNING,
    "continue where one was; levels and certificates rest on it",
    "as long as the membership, and after it if the person asks to keep their course history",
    OnErase.DELETE_ROW,
)
declare(Enrolment, plain="id", member=_STEP, course=_STEP, enrolled_at=_STEP, last_lesson=_STEP, last_seen_at=_STEP)
declare(Completion, plain="id outline", member=_STEP, activity=_STEP, completed_at=_STEP)
declare(CourseCompletion, plain="id outline", member=_STEP, course=_STEP, completed_at=_STEP)
_NOTE = Personal(
    Kind.LEARNING, "the person's own notes, shown to nobody else", "as long as the person keeps them",
    OnErase.DELETE_ROW,
)  # fmt: skip
declare(Work, plain="id", member=_NOTE, activity=_NOTE, content=_NOTE, saved_at=_NOTE)
declare(
    Award,
    plain="id public_id extension created_at",
    member=_STEP,
    level=_STEP,
    rule=_STEP,
    awarded_on=_STEP,
    valid_until=_STEP,
    origin=_STEP,
    facts=_STEP,
)
declare(AwardEnding, plain="id award rule made_at", on=_STEP, decision=_STEP, by=_ACTED)
declare(NextLook, member=_STEP, on=_STEP)

_PLAN = Personal(
    Kind.LEARNING,
    "what the person has planned to learn in the office, and how far they have come",
    "as long as the membership, and after it if the person asks to keep their course history",
    OnErase.DELETE_ROW,
)
declare(
    CompetencePlan,
    plain="id public_id unit template made_at",
    title=_PLAN,
    member=_PLAN,
    office=_PLAN,
    body=_PLAN,
    term=_PLAN,
    state=_PLAN,
    closed_on=_PLAN,
    closed_reason=_PLAN,
    valid_from=_PLAN,
    valid_until=_PLAN,
)
declare(Milestone, plain="id plan", order=_PLAN, action=_PLAN, review=_PLAN, valid_from=_PLAN, valid_until=_PLAN)
declare(Goal, plain=f"{_GOAL} milestone carried_from", task=_PLAN, ticked_on=_PLAN)
declare(PlanReview, plain="id public_id plan made_at", on=_PLAN, words=_PLAN, snapshot=_PLAN, by=_ACTED)

_LOOKED_OVER = Personal(
    Kind.LEARNING,
    "seeing what a change would mean before it is made",
    "until it is made or dropped; a file of awards seven days",
    OnErase.DELETE_ROW,
    export=False,
)
declare(RulePreview, plain="id public_id rule job fingerprint people gains losses asked_at finished_at", by=_ACTED)
declare(PreviewLine, plain="id preview", member=_LOOKED_OVER, outcome=_LOOKED_OVER, because=_LOOKED_OVER)
declare(
    AwardImport,
    plain="id public_id level made_at applied_at",
    by=_LOOKED_OVER,
    source=_LOOKED_OVER,
    rows=_LOOKED_OVER,
)
