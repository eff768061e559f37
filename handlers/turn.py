"""The TURN servers of the settings, and the secret that is shared with them."""

from handlers.settings import CannotUse, Settings
from store.turn import Turn


def turn_servers(settings: Settings) -> Turn:
    """The servers of `--turn`. Raises CannotUse if the secret's file cannot be read or is empty."""
    place = settings.turn_secret_file
    if not settings.turn or place is None:
        return Turn(settings.turn, settings.turn_secret)
    try:
        secret = place.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotUse(f"--turn-secret-file {place} cannot be read: {error}.") from None
    if not secret:
        raise CannotUse(f"--turn-secret-file {place} is empty. Write the secret into it.")
    return Turn(settings.turn, secret)
