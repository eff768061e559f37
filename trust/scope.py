"""What a household's authority may speak for: private addresses and local names, nothing else.

The scope is written into root and intermediate as name constraints, so a phone that trusts this
household still refuses it for every other site. Both kinds are needed: a kind that is not listed
is unconstrained (RFC 5280, section 4.2.1.10). It is read back from the certificate, never from
today's machine: a machine that is renamed keeps the scope it was born with.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from cryptography import x509

from trust.errors import AuthorityDamaged, NameRefused
from trust.hosts import read_host

Network = IPv4Network | IPv6Network

LOCAL_NAMES = ("local", "lan", "home.arpa", "internal", "localhost")
PRIVATE_NETWORKS: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",  # RFC 1918
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "169.254.0.0/16",  # a cable between two machines, RFC 3927
        "100.64.0.0/10",  # RFC 6598; also what Tailscale hands out
        "fc00::/7",  # RFC 4193
        "fe80::/10",
        "::1/128",
    )
)

# Top-level domains of the public internet that people also name machines after. Such a machine's
# bare label stays out of the constraints: `cloud` would permit every site under .cloud.
_WORDS = (
    "ai app apple art audio baby band bar best bike bio biz black blog blue book bot box build "
    "cab cafe cam camera camp casa cat center chat city cloud club codes coffee com cool day deals "
    "dell design dev digital dog earth edu email energy family fan farm film fish fit forum foundation "
    "fun game games garden gay ghost gift global gmbh gold google gov green group guru haus help "
    "hiphop home host hosting hotel house how inc info ink institute int international itau jobs jot "
    "kitchen land lego life lighting limited link live lol love ltd luxe mail map market media meet "
    "memorial men menu microsoft mil mini mobi mobile moda moe mom monster moto movie museum music "
    "name navy net network new news ninja now office one ong onl online open org page paris party "
    "pet phone photo photos physio pics pictures pid pin pink pizza place play plus post press prime "
    "pro prod property pub quest radio red ren rest review rip rocks room run school science security "
    "server services sex shop show silk site ski smart social software solar space spot star store "
    "stream studio style sucks supply support surf systems tattoo tax team tech tel tips today tools "
    "top town toys trade travel tube university uno vip vision vodka watch web website wiki win "
    "windows wine work works world wow xbox xyz yoga you zero zip zone"
)
PUBLIC_LABELS = frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Scope:
    """The names (each with everything below it) and networks an authority may speak for."""

    names: tuple[str, ...]
    networks: tuple[Network, ...]

    @classmethod
    def of_machine(cls, label: str) -> Scope:
        """The scope of a new authority on the machine with this label (`laptop`)."""
        own = () if is_public_label(label) else (label,)
        return cls(tuple(dict.fromkeys((*LOCAL_NAMES, *own))), PRIVATE_NETWORKS)

    @classmethod
    def read(cls, certificate: x509.Certificate) -> Scope:
        """The scope written in a certificate. Raises AuthorityDamaged when one kind is missing."""
        try:
            found = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        except x509.ExtensionNotFound:
            raise AuthorityDamaged("it is not limited to local names") from None
        permitted = found.permitted_subtrees or []
        names = tuple(one.value for one in permitted if isinstance(one, x509.DNSName))
        networks = tuple(
            one.value
            for one in permitted
            if isinstance(one, x509.IPAddress) and isinstance(one.value, IPv4Network | IPv6Network)
        )
        if not names or not networks:
            raise AuthorityDamaged("it is not limited to local names and private addresses")
        return cls(names, networks)

    def extension(self) -> x509.NameConstraints:
        """The scope as a certificate carries it."""
        return x509.NameConstraints(
            permitted_subtrees=[
                *(x509.DNSName(name) for name in self.names),
                *(x509.IPAddress(network) for network in self.networks),
            ],
            excluded_subtrees=None,
        )

    def permits(self, host: str) -> bool:
        """Whether a certificate of this authority for the host would be accepted."""
        known = read_host(host)
        if isinstance(known, str):
            return any(known == name or known.endswith(f".{name}") for name in self.names)
        return any(known in network for network in self.networks if network.version == known.version)

    def require(self, host: str) -> None:
        """Raises NameRefused when the host lies outside."""
        if not self.permits(host):
            raise NameRefused(
                f"This household's authority may not speak for {host}: only for private addresses "
                "and names that end in .local, .lan, .home.arpa or .internal. Use such a name, or "
                "a certificate of your own with --cert and --key."
            )


def is_public_label(label: str) -> bool:
    """Whether a bare label is, or may become, a top-level domain of the public internet.

    Two letters are countries (ISO 3166), `xn--` is an internationalised domain; a label with a
    digit or an inner hyphen never is one (RFC 1123, ICANN's applicant guidebook 2.2.1.3.2).
    """
    return len(label) == 2 or label.startswith("xn--") or label in PUBLIC_LABELS
