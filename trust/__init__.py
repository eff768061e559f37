"""Trust: how a phone comes to believe this household's server, and how it finds it.

A household has an authority (phones install its root once) and a certificate the server shows (issued again
whenever names, addresses or time ask for it; phones never notice). What a newcomer gets wrong: the root has
no key anywhere. It signed one intermediate, limited to local names and private addresses, and was forgotten;
an authority that is lost cannot be made again, only replaced, phone by phone.

In the order a server meets it:

    machine   = read_machine()                                    # label, addresses
    hosts     = machine.hosts(name="parley.local", asked=args.host)
    household = open_household(Path("certs"), label=machine.label, hosts=hosts, asked=args.host, now=present())
    context   = household.context()                               # or OwnCertificate(cert, key, now).context()
    name      = await announcement.start(machine.addresses)       # Announcement(8443, remembered=kept)
    watch     = Watch(household, hosts=…, now=present, changed=lambda: household.load_into(context),
                      then=lambda: announcement.follow(read_machine().addresses))

Everything a person must put right is a TrustError whose text is for them.
"""

from trust.announcement import Announcement
from trust.errors import (
    AuthorityDamaged,
    AuthorityOutOfTime,
    CertificateUnusable,
    FolderNotWritable,
    KeyMismatch,
    KeyUnreadable,
    NameRefused,
    TrustError,
)
from trust.fingerprint import fingerprint, fingerprint_lines
from trust.hosts import read_host
from trust.household import Household, open_household
from trust.machine import Machine, read_machine
from trust.own import OwnCertificate
from trust.present import present
from trust.profile import CRT_TYPE, MOBILECONFIG_TYPE, ProfileWords, packed_crt, packed_mobileconfig
from trust.qr import qr_svg, qr_terminal
from trust.watch import Watch

__all__ = [
    "CRT_TYPE",
    "MOBILECONFIG_TYPE",
    "Announcement",
    "AuthorityDamaged",
    "AuthorityOutOfTime",
    "CertificateUnusable",
    "FolderNotWritable",
    "Household",
    "KeyMismatch",
    "KeyUnreadable",
    "Machine",
    "NameRefused",
    "OwnCertificate",
    "ProfileWords",
    "TrustError",
    "Watch",
    "fingerprint",
    "fingerprint_lines",
    "open_household",
    "packed_crt",
    "packed_mobileconfig",
    "present",
    "qr_svg",
    "qr_terminal",
    "read_host",
    "read_machine",
]
