"""Network, its regions, organisations, enterprises and the people who act for them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ydin.networks.rules import NetworkRole, OrganisationKind, RegionLevel
from ydin.networks.rules.outsiders import SignedHow
from ydin.people.models import LANGUAGE_LABELS
from ydin.people.rules import DEFAULT_TIME_ZONE, Language

LEVEL_LABELS = {
    RegionLevel.COUNTRY: _("country"),
    RegionLevel.REGION: _("region"),
    RegionLevel.SUB_REGION: _("sub-region"),
}
ORGANISATION_LABELS = {
    OrganisationKind.UNIVERSITY: _("university"),
    OrganisationKind.DEVELOPMENT_COMPANY: _("local development company"),
    OrganisationKind.INSTITUTE: _("educational institute"),
    OrganisationKind.FUNDER: _("funder"),
}
NETWORK_ROLE_LABELS = {
    NetworkRole.COORDINATOR: _("national coordinator"),
    NetworkRole.EXPERT: _("expert"),
    NetworkRole.RESEARCHER: _("researcher"),
    NetworkRole.STUDENT: _("student"),
    NetworkRole.INSTITUTE: _("for an institute"),
}
SIGNED_LABELS = {
    SignedHow.SITE: _("on the site"),
    SignedHow.LINK: _("by the link in the letter"),
    SignedHow.PAPER: _("on paper"),
}


def _languages() -> list[str]:
    return [Language.FINNISH.value]


class Network(models.Model):
    """A growth network: the widest circle that shares a calendar and coordinators."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True, help_text="in the default language")
    about_texts = models.JSONField(
        default=dict,
        blank=True,
        db_default=models.Value({}, models.JSONField()),
        help_text="{language: text}, others",
    )
    country = models.CharField(max_length=2, default="FI", help_text="ISO 3166-1 alpha-2")
    languages = ArrayField(models.CharField(max_length=8), default=_languages)
    default_language = models.CharField(max_length=8, choices=LANGUAGE_LABELS, default=Language.FINNISH)
    time_zone = models.CharField(max_length=64, default=DEFAULT_TIME_ZONE)
    contact_email = models.EmailField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Region(models.Model):
    """A node of the region tree, with its NUTS code and the version of that classification."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="regions")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=12, choices=LEVEL_LABELS)
    code = models.CharField(max_length=20, help_text="national code, with its leading zeros")
    nuts_code = models.CharField(max_length=8, blank=True)
    nuts_version = models.CharField(max_length=4, blank=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        """A code names one region of its level."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "level", "code"], name="region_code_once")
        ]

    def __str__(self) -> str:
        """Return the Finnish name."""
        return self.name_fi


class Municipality(models.Model):
    """A municipality of a sub-region."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="municipalities")
    sub_region = models.ForeignKey(Region, models.PROTECT, related_name="municipalities")
    code = models.CharField(max_length=10)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)

    class Meta:
        """A code names one municipality."""

        verbose_name_plural = "municipalities"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "code"], name="municipality_code_once")
        ]

    def __str__(self) -> str:
        """Return the Finnish name."""
        return self.name_fi


class Organisation(models.Model):
    """A university, development company, institute or funder."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=ORGANISATION_LABELS)
    website = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A name is taken once in a network."""

        constraints: ClassVar = [
            models.UniqueConstraint("network", Lower("name"), name="organisation_name_once")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Enterprise(models.Model):
    """A company. It, not a person, holds a seat."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="enterprises")
    name = models.CharField(max_length=500)
    business_id = models.CharField(max_length=20, null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="enterprises"
    )
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    industry_code = models.CharField(max_length=10, blank=True)
    industry_version = models.CharField(max_length=20, blank=True, help_text="e.g. NACE 2.1")
    head_count = models.PositiveIntegerField(null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=_languages)
    description = models.TextField(blank=True)
    website = models.URLField(blank=True)
    premises_capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A business ID is held once in a network."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "business_id"], name="enterprise_business_id_once")
        ]
        indexes: ClassVar = [models.Index("network", Lower("name"), name="enterprise_by_name")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Representative(models.Model):
    """A person acts for an enterprise or an organisation, from one day to another."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="representations")
    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, null=True, blank=True, related_name="representatives"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="representatives"
    )
    title = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="last day, or nothing while it goes on")

    class Meta:
        """Either an enterprise or an organisation; one spell at a time."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(enterprise__isnull=True) ^ models.Q(organisation__isnull=True),
                name="representative_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="representative_period",
            ),
            models.UniqueConstraint(
                fields=["person", "enterprise"],
                condition=models.Q(ends_on__isnull=True),
                name="representative_once",
            ),
        ]

    def __str__(self) -> str:
        """Return person and company."""
        return f"{self.person} / {self.enterprise or self.organisation}"


class ContactCard(models.Model):
    """How to reach a representative. Confidential: row security decides who reads it."""

    representative = models.OneToOneField(Representative, models.CASCADE, related_name="contact_card")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    shared_with_group = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return whose card it is, without the details."""
        return f"contact card of representative {self.representative_id}"


class RoleAssignment(models.Model):
    """A person holds a role in a network, from one day to another."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="role_assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_roles")
    role = models.CharField(max_length=24, choices=NETWORK_ROLE_LABELS)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        """A role is held once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "person", "role"],
                condition=models.Q(ends_on__isnull=True),
                name="network_role_once",
            )
        ]

    def __str__(self) -> str:
        """Return person and role."""
        return f"{self.person}: {self.role}"


class CommitmentText(models.Model):
    """A version of what people from outside promise, in one language. Earlier versions stay."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="commitment_texts")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    text = models.TextField()
    valid_from = models.DateField()

    class Meta:
        """A version is written once in each language."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "number", "language"], name="commitment_text_once")
        ]

    def __str__(self) -> str:
        """Return network, number and language."""
        return f"{self.network_id} v{self.number} {self.language}"


class OutsiderCommitment(models.Model):
    """Somebody from outside signed one version of the network's commitment. Never changed."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="commitments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="commitments")
    number = models.PositiveIntegerField(help_text="version of the text; 0 is the text of the program")
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    how = models.CharField(max_length=8, choices=SIGNED_LABELS)
    accepted_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        """A person signs a version once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "person", "number"], name="commitment_once")
        ]

    def __str__(self) -> str:
        """Return network, version and person by id."""
        return f"{self.network_id} v{self.number} {self.person_id}"


class ImportBatch(models.Model):
    """An uploaded table waiting for its reader to confirm the preview."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="import_batches")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=50, blank=True, help_text="slug of the group that gets the seats")
    file_name = models.CharField(max_length=255)
    content = models.BinaryField(help_text="the file; empty once it is brought in")
    preview = models.JSONField(default=dict, help_text="what its reader was shown")
    result = models.JSONField(default=dict, help_text="what was written")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Plural for messages."""

        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        """Return the file's name."""
        return self.file_name
