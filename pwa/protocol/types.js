// The wire as types: generated from protocol/ by scripts/protocol_types.py. Do not edit; run that again.

/**
 * A file as a message carries it; the bytes are at `/api/files/<id>`.
 * @typedef {object} FileInfo
 * @property {string} id
 * @property {string} name
 * @property {string} type
 * @property {number} size
 * @property {number} width
 * @property {number} height
 * @property {boolean} thumbnail
 */
/**
 * How far a person has come in one conversation.
 * @typedef {object} Mark
 * @property {string} conversation
 * @property {number} read
 * @property {number} delivered
 */
/**
 * A person as others see them.
 * @typedef {object} PersonCard
 * @property {string} id
 * @property {string} name
 * @property {string} about
 * @property {string} avatar
 * @property {boolean} host
 * @property {boolean} removed
 */
/**
 * `last_seen` is ms since the epoch, 0 for never; meaningless while `online`.
 * @typedef {object} Presence
 * @property {string} person
 * @property {boolean} online
 * @property {number} last_seen
 */
/**
 * A call that rings or goes on.
 * @typedef {object} StandingCall
 * @property {string} call
 * @property {string} caller
 * @property {string} device
 * @property {boolean} video
 * @property {number} seq
 * @property {number} at
 * @property {string} picked_up_by
 * @property {number} since
 */
/**
 * There is nothing more to say.
 * @typedef {object} Done
 */
/**
 * The event that was asked for (not the `conversation.created` before it).
 * @typedef {object} Written
 * @property {string} conversation
 * @property {number} seq
 * @property {number} at
 */
/**
 * Range of seq this person may see, both ends included.
 * @typedef {object} Reach
 * @property {number} first
 * @property {number} last
 */
/**
 * How far one member has come.
 * @typedef {object} PersonMark
 * @property {string} person
 * @property {number} read
 * @property {number} delivered
 */
/**
 * One conversation of the list.
 * @typedef {object} Row
 * @property {string} conversation
 * @property {string} kind
 * @property {Array<string>} members
 * @property {number} head
 * @property {number} unread
 * @property {Array<PersonMark>} marks
 * @property {Uint8Array|null} last
 * @property {StandingCall|null} call
 */
/**
 * Rows, newest first, the cards of all people they name, and the cursor for `sync.list` ("" when that was all).
 * @typedef {object} Rows
 * @property {string} epoch
 * @property {boolean} fresh
 * @property {Array<Row>} rows
 * @property {Array<PersonCard>} people
 * @property {string} before
 */
/**
 * `frames` in order of seq, oldest first; all of `first..last` that this person may see is in them.
 * @typedef {object} Events
 * @property {string} conversation
 * @property {number} head
 * @property {number} first
 * @property {number} last
 * @property {Array<Uint8Array>} frames
 * @property {Array<Reach>} reach
 * @property {boolean} more
 */
/**
 * A device of one's own.
 * @typedef {object} DeviceCard
 * @property {string} id
 * @property {string} name
 * @property {number} at
 */
/**
 * A conversation afresh: its state at `head` and its newest page.
 * @typedef {object} Opened
 * @property {Row} row
 * @property {Events} page
 * @property {Array<PersonCard>} people
 * @property {Array<DeviceCard>} devices
 */
/**
 * Everyone in order of id; `after` continues, "" when that was all.
 * @typedef {object} People
 * @property {Array<PersonCard>} people
 * @property {Array<Presence>} presence
 * @property {number} head
 * @property {string} after
 */
/**
 * How the watched people are right now.
 * @typedef {object} Watched
 * @property {Array<Presence>} people
 * @property {number} head
 */
/**
 * The marks as they now stand (they only grow, and never past the head).
 * @typedef {object} Marked
 * @property {Array<Mark>} marks
 */
/**
 * Always seq 1 of its conversation.
 * @typedef {object} ConversationCreated
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {"direct"|"directory"|"house"|"own"|"room"} kind
 * @property {Array<string>} members
 */
/**
 * A message.
 * @typedef {object} MessageSent
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} text
 * @property {Array<FileInfo>} files
 * @property {string} nonce
 */
/**
 * In the directory: a person's whole card as it now is.
 * @typedef {object} PersonChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {string} display_name
 * @property {string} about
 * @property {string} avatar
 * @property {boolean} host
 * @property {boolean} removed
 */
/**
 * In the person's own conversation.
 * @typedef {object} DeviceAdded
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {string} device
 * @property {string} device_name
 * @property {string} token
 */
/**
 * In the person's own conversation: this device is signed out for good.
 * @typedef {object} DeviceRevoked
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {string} device
 */
/**
 * In the house's log: `invitation` is the SHA-256 of the code.
 * @typedef {object} InvitationMade
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} invitation
 * @property {"many"|"one"} kind
 * @property {number} expires_at
 */
/**
 * In the house's log: it works no longer.
 * @typedef {object} InvitationSpent
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} invitation
 * @property {string} person
 */
/**
 * `author` called from `device`.
 * @typedef {object} CallRang
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {string} device
 * @property {boolean} video
 */
/**
 * `author` answered on `device`; every other device stops ringing.
 * @typedef {object} CallPickedUp
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 * @property {string} call
 * @property {string} device
 */
/**
 * The call is over.
 * @typedef {object} CallEnded
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 * @property {string} call
 * @property {string} caller
 * @property {"busy"|"cancelled"|"declined"|"ended"|"failed"|"missed"} reason
 * @property {boolean} video
 * @property {number} seconds
 */
/**
 * A person has come this far in a conversation; gathered for 250 ms.
 * @typedef {object} MarkChanged
 * @property {string} conversation
 * @property {string} person
 * @property {number} read
 * @property {number} delivered
 */
/**
 * The first thing a connection hears.
 * @typedef {object} Hello
 * @property {number} protocol
 * @property {string} epoch
 * @property {string} person
 * @property {string} device
 * @property {string} page
 * @property {number} at
 * @property {Array<Record<string, string|Array<string>>>} ice_servers
 */
/**
 * How some of the watched people now are; gathered for 1 s.
 * @typedef {object} PresenceChanged
 * @property {Array<Presence>} people
 */
/**
 * For a page that shows People: pull the directory up to `head`.
 * @typedef {object} DirectoryMoved
 * @property {number} head
 */
/**
 * Somebody writes, or stopped.
 * @typedef {object} TypingChanged
 * @property {string} conversation
 * @property {string} person
 * @property {boolean} typing
 */
/**
 * To a person's own devices: a device says "That's me".
 * @typedef {object} ClaimAsked
 * @property {string} claim
 * @property {string} device_name
 * @property {string} code
 * @property {number} expires_at
 */
/**
 * To a person's own devices: that claim was answered, stop asking.
 * @typedef {object} ClaimSettled
 * @property {string} claim
 */
/**
 * To the caller's device: a device of the other person rings now.
 * @typedef {object} CallAlerted
 * @property {string} conversation
 * @property {string} call
 * @property {string} device
 */
/**
 * An SDP offer from `device` of `person`.
 * @typedef {object} CallOffered
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {string} device
 * @property {string} sdp
 */
/**
 * An SDP answer from `device` of `person`.
 * @typedef {object} CallAnswered
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {string} device
 * @property {string} sdp
 */
/**
 * An ICE candidate from `device` of `person`: RTCIceCandidateInit as a JSON text.
 * @typedef {object} CallCandidate
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {string} device
 * @property {string} candidate
 */
/**
 * Say something.
 * @typedef {object} SendMessage
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} [text]
 * @property {Array<string>} [files]
 */
/**
 * Change one's own card; a field left out (null) stays.
 * @typedef {object} ChangeProfile
 * @property {string} nonce
 * @property {string|null} [display_name]
 * @property {string|null} [about]
 * @property {string|null} [avatar]
 */
/**
 * Sign out one of one's own devices.
 * @typedef {object} RevokeDevice
 * @property {string} nonce
 * @property {string} device
 */
/**
 * The host removes a person: every device signed out, the name kept.
 * @typedef {object} RemovePerson
 * @property {string} nonce
 * @property {string} person
 */
/**
 * Start a call in a direct conversation: every device of the other person rings.
 * @typedef {object} RingCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {boolean} video
 */
/**
 * Answer on this device; the others stop ringing.
 * @typedef {object} PickUpCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 */
/**
 * Decline, cancel or hang up: which of them it is follows from who says it and when.
 * @typedef {object} EndCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {boolean} [failed]
 */
/**
 * Say yes or no to a device that says "That's me".
 * @typedef {object} AllowClaim
 * @property {string} claim
 * @property {boolean} allow
 */
/**
 * Where this client stands, first thing after `hello`.
 * @typedef {object} Resume
 * @property {string} [epoch]
 * @property {Record<string, number>} [heads]
 */
/**
 * The next rows of the conversation list, older than the cursor of the answer before.
 * @typedef {object} ListConversations
 * @property {string} before
 */
/**
 * The events after `after`: at most 200 or 48 KiB, and whether there is more.
 * @typedef {object} Pull
 * @property {string} conversation
 * @property {number} after
 */
/**
 * A conversation afresh: its state at the head and its newest page.
 * @typedef {object} OpenConversation
 * @property {string} conversation
 */
/**
 * The page before `before`, oldest first.
 * @typedef {object} PageConversation
 * @property {string} conversation
 * @property {number} before
 * @property {number} [limit]
 */
/**
 * Everyone of the house in order of id, after a person; with presence.
 * @typedef {object} ListPeople
 * @property {string} [after]
 * @property {number} [limit]
 */
/**
 * Are you there? A page cannot see WebSocket pings, so it has its own.
 * @typedef {object} Ping
 */
/**
 * This device rings now: the caller may say "ringing".
 * @typedef {object} AlertCall
 * @property {string} conversation
 * @property {string} call
 */
/**
 * An SDP offer for one device of the other person.
 * @typedef {object} OfferCall
 * @property {string} conversation
 * @property {string} call
 * @property {string} to
 * @property {string} sdp
 */
/**
 * An SDP answer for the device that offered.
 * @typedef {object} AnswerCall
 * @property {string} conversation
 * @property {string} call
 * @property {string} to
 * @property {string} sdp
 */
/**
 * One ICE candidate, as the browser gave it (RTCIceCandidateInit, a JSON text).
 * @typedef {object} TrickleCandidate
 * @property {string} conversation
 * @property {string} call
 * @property {string} to
 * @property {string} candidate
 */
/**
 * How far this person has come, cumulative, at most one such command a second for all conversations together.
 * @typedef {object} SetMarks
 * @property {Array<Mark>} marks
 */
/**
 * Writing, or no longer.
 * @typedef {object} SetTyping
 * @property {string} conversation
 * @property {boolean} typing
 */
/**
 * Who is on the screen: replaces what was watched before, and is answered with how they all are.
 * @typedef {object} WatchPresence
 * @property {Array<string>} people
 * @property {boolean} [directory]
 */
/**
 * What may be asked, by name.
 * @typedef {{
 *   "message.send": SendMessage,
 *   "profile.change": ChangeProfile,
 *   "device.revoke": RevokeDevice,
 *   "person.remove": RemovePerson,
 *   "call.ring": RingCall,
 *   "call.pick_up": PickUpCall,
 *   "call.end": EndCall,
 *   "claim.allow": AllowClaim,
 *   "sync.resume": Resume,
 *   "sync.list": ListConversations,
 *   "sync.pull": Pull,
 *   "conversation.open": OpenConversation,
 *   "conversation.page": PageConversation,
 *   "people.list": ListPeople,
 *   "sync.ping": Ping,
 *   "call.alert": AlertCall,
 *   "call.offer": OfferCall,
 *   "call.answer": AnswerCall,
 *   "call.candidate": TrickleCandidate,
 *   "mark.set": SetMarks,
 *   "typing.set": SetTyping,
 *   "presence.watch": WatchPresence,
 * }} CommandBodies
 */
/**
 * What may be told, by name.
 * @typedef {{
 *   "conversation.created": ConversationCreated,
 *   "message.sent": MessageSent,
 *   "person.changed": PersonChanged,
 *   "device.added": DeviceAdded,
 *   "device.revoked": DeviceRevoked,
 *   "invitation.made": InvitationMade,
 *   "invitation.spent": InvitationSpent,
 *   "call.rang": CallRang,
 *   "call.picked_up": CallPickedUp,
 *   "call.ended": CallEnded,
 *   "mark.changed": MarkChanged,
 *   "hello": Hello,
 *   "presence.changed": PresenceChanged,
 *   "directory.moved": DirectoryMoved,
 *   "typing.changed": TypingChanged,
 *   "claim.asked": ClaimAsked,
 *   "claim.settled": ClaimSettled,
 *   "call.alerted": CallAlerted,
 *   "call.offered": CallOffered,
 *   "call.answered": CallAnswered,
 *   "call.candidate": CallCandidate,
 * }} EventBodies
 */

export {};
