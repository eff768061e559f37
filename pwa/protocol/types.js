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
 * @property {number} seconds
 * @property {boolean} preview
 */
/**
 * What makes a message's one file a voice message: how long it is, and how loud from its start to its end.
 * @typedef {object} Voice
 * @property {number} milliseconds
 * @property {Uint8Array} levels
 */
/**
 * One event of one conversation.
 * @typedef {object} Place
 * @property {string} conversation
 * @property {number} seq
 */
/**
 * A question asked with a message, whose text is the question.
 * @typedef {object} Poll
 * @property {Array<string>} options
 * @property {boolean} multiple
 */
/**
 * How many people stand behind one thing, and the first 20 of them still standing.
 * @typedef {object} Tally
 * @property {number} count
 * @property {Array<string>} people
 */
/**
 * One emoji under a message, in the order in which they first came.
 * @typedef {object} Reaction
 * @property {string} emoji
 * @property {Tally} tally
 */
/**
 * A thread as its first message shows it, as of the event `upto`: its answers, the last, the first five people.
 * @typedef {object} ThreadCard
 * @property {number} count
 * @property {number} last
 * @property {number} last_at
 * @property {string} last_author
 * @property {Array<string>} people
 * @property {number} upto
 * @property {boolean} follows
 * @property {boolean|null} chosen
 * @property {number} read
 */
/**
 * The thread under the message `thread` has something new to who asks, up to its answer `last`.
 * @typedef {object} ThreadNews
 * @property {number} thread
 * @property {number} last
 * @property {boolean} follows
 * @property {Array<number>} mentions
 */
/**
 * How far a person has come in one conversation, or in the thread of its message `thread`.
 * @typedef {object} Mark
 * @property {string} conversation
 * @property {number} thread
 * @property {number} read
 * @property {number} delivered
 */
/**
 * How much one person wants to hear of one conversation: theirs alone, and told to nobody else.
 * @typedef {object} Preference
 * @property {""|"all"|"mentions"|"none"} notify
 * @property {number} muted_until
 * @property {boolean} previews
 * @property {number} seq
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
 * A room as those see it who are in it, or who may join it.
 * @typedef {object} RoomCard
 * @property {string} conversation
 * @property {string} title
 * @property {string} topic
 * @property {string} picture
 * @property {boolean} public
 * @property {boolean} announcements
 * @property {"joining"|"start"} history
 * @property {string} owner
 * @property {Array<string>} moderators
 * @property {number} size
 */
/**
 * Where a page of found messages ended; sent back to go on from there.
 * @typedef {object} HitPlace
 * @property {number} at
 * @property {string} conversation
 * @property {number} seq
 */
/**
 * `last_seen` is ms since the epoch, 0 for never; meaningless while `online`.
 * @typedef {object} Presence
 * @property {string} person
 * @property {boolean} online
 * @property {number} last_seen
 * @property {"available"|"away"|"busy"} status
 * @property {string} text
 * @property {number} until
 * @property {boolean} idle
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
 * @property {boolean} relayed
 */
/**
 * Somebody who is in a call now, on this device.
 * @typedef {object} Attendee
 * @property {string} person
 * @property {string} device
 * @property {number} at
 */
/**
 * Somebody who was called into a call that went on already, by whom, and when.
 * @typedef {object} Called
 * @property {string} person
 * @property {string} by
 * @property {number} at
 */
/**
 * Somebody who was in a call: when they first came, when they last went, and how long they were there in all.
 * @typedef {object} Attended
 * @property {string} person
 * @property {number} first
 * @property {number} last
 * @property {number} seconds
 */
/**
 * How a device takes part in a call.
 * @typedef {object} Floor
 * @property {boolean} muted
 * @property {boolean} camera
 * @property {boolean} sharing
 * @property {number} hand
 * @property {Array<"share"|"show"|"speak"|"write">} asks
 * @property {""|"fair"|"poor"} line
 */
/**
 * A picture of a call on somebody's screen, so many pixels tall.
 * @typedef {object} Shown
 * @property {string} device
 * @property {"camera"|"screen"} source
 * @property {number} height
 */
/**
 * Whose a section of an offer is: "microphone", "camera", "screen" or "screen-sound" of a device.
 * @typedef {object} Track
 * @property {string} device
 * @property {string} source
 */
/**
 * A call that goes on in a room.
 * @typedef {object} GroupCall
 * @property {string} call
 * @property {string} began
 * @property {number} seq
 * @property {number} at
 * @property {boolean} video
 * @property {Array<"share"|"show"|"speak"|"write">} rights
 * @property {boolean} ring
 * @property {Array<Attendee>} attendees
 * @property {boolean} locked
 * @property {boolean} lobby
 * @property {Record<string, Array<"share"|"show"|"speak"|"write">>} granted
 * @property {Array<string>} admitted
 * @property {Array<string>} barred
 * @property {Array<Called>} called
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
 * @property {number} since
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
 * @property {Uint8Array|null} edit
 * @property {StandingCall|null} call
 * @property {Preference} preference
 * @property {Array<number>} pins
 * @property {Array<number>} mentions
 * @property {RoomCard|null} room
 * @property {Array<ThreadNews>} threads
 * @property {GroupCall|null} group_call
 */
/**
 * Rows, newest first, the cards of all people they name, and the cursor for `sync.list` ("" when that was all).
 * @typedef {object} Rows
 * @property {string} epoch
 * @property {boolean} fresh
 * @property {Array<Row>} rows
 * @property {Array<PersonCard>} people
 * @property {string} before
 * @property {Array<string>} blocked
 * @property {Array<string>} gone
 */
/**
 * What stands of the message `seq`, as of the event `upto`: events about it up to there are in it already.
 * @typedef {object} About
 * @property {number} seq
 * @property {number} upto
 * @property {Uint8Array|null} edit
 * @property {Array<Reaction>} reactions
 * @property {Array<string>} mine
 * @property {Array<Tally>} votes
 * @property {Array<number>} chosen
 * @property {boolean} closed
 * @property {ThreadCard|null} thread
 */
/**
 * `frames` in order of seq, oldest first.
 * @typedef {object} Events
 * @property {string} conversation
 * @property {number} head
 * @property {number} first
 * @property {number} last
 * @property {Array<Uint8Array>} frames
 * @property {Array<Reach>} reach
 * @property {boolean} more
 * @property {boolean} newer
 * @property {Array<About>} about
 */
/**
 * Those of the messages asked for that this person may see, oldest first, and what stands of them.
 * @typedef {object} Messages
 * @property {Array<Uint8Array>} frames
 * @property {Array<About>} about
 */
/**
 * Frames: the message as it was first, then each edit.
 * @typedef {object} History
 * @property {Array<Uint8Array>} frames
 */
/**
 * How many others have read a message, and to how many it was only delivered; the first 100 of each.
 * @typedef {object} Receipts
 * @property {Tally} read
 * @property {Tally} delivered
 * @property {Array<PersonCard>} people
 */
/**
 * What one person holds of a message: the emoji they put under it, the options they chose.
 * @typedef {object} Stance
 * @property {string} person
 * @property {Array<string>} emoji
 * @property {Array<number>} choices
 */
/**
 * People in order of id; `after` continues, "" when that was all.
 * @typedef {object} Stances
 * @property {Array<Stance>} stances
 * @property {Array<PersonCard>} people
 * @property {string} after
 */
/**
 * Somebody in a room.
 * @typedef {object} MemberCard
 * @property {string} person
 * @property {"member"|"moderator"|"owner"} role
 */
/**
 * The members of a room in order of id, their cards, and where to go on ("" when that was all).
 * @typedef {object} Members
 * @property {Array<MemberCard>} members
 * @property {Array<PersonCard>} people
 * @property {string} after
 */
/**
 * Rooms in order of id; `after` continues, "" when that was all.
 * @typedef {object} FoundRooms
 * @property {Array<RoomCard>} rooms
 * @property {string} after
 * @property {boolean} everyone
 */
/**
 * A room, and whether one is in it.
 * @typedef {object} LookedAt
 * @property {RoomCard} room
 * @property {boolean} member
 * @property {boolean} barred
 */
/**
 * A file, the message it hangs in, and who sent it when.
 * @typedef {object} HungFile
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {FileInfo} file
 */
/**
 * What hangs in a conversation, newest first; `before` continues, 0 when that was all.
 * @typedef {object} Files
 * @property {string} conversation
 * @property {Array<HungFile>} files
 * @property {number} before
 */
/**
 * A device of one's own.
 * @typedef {object} DeviceCard
 * @property {string} id
 * @property {string} name
 * @property {number} at
 * @property {""|"computer"|"phone"|"program"|"tablet"} kind
 * @property {number} seen
 * @property {boolean} online
 */
/**
 * A conversation afresh: its state at `head` and its newest page.
 * @typedef {object} Opened
 * @property {Row} row
 * @property {Events} page
 * @property {Array<PersonCard>} people
 * @property {Array<DeviceCard>} devices
 * @property {Array<string>} blocked
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
 * `key` is what a browser subscribes with (RFC 8292), empty where this server pushes nothing.
 * @typedef {object} PushState
 * @property {string} key
 * @property {boolean} subscribed
 * @property {"no"|"unknown"|"yes"} reached
 */
/**
 * What became of a push: `sent` when the push service took it, `gone` when it knows this browser no longer.
 * @typedef {object} PushTried
 * @property {"gone"|"later"|"refused"|"sent"|"unreachable"} outcome
 */
/**
 * A message that was found.
 * @typedef {object} MessageHit
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {Array<string>} pieces
 * @property {number} thread
 * @property {boolean} in_file
 * @property {Array<FileInfo>} files
 * @property {boolean} poll
 * @property {string} question
 */
/**
 * Hits, newest first, and the cards of who wrote them.
 * @typedef {object} FoundMessages
 * @property {Array<MessageHit>} hits
 * @property {Array<PersonCard>} people
 * @property {HitPlace|null} more
 * @property {boolean} partial
 * @property {boolean} ready
 */
/**
 * Who was in a call, in order of coming, their cards, and who is in it still.
 * @typedef {object} Attendance
 * @property {number} at
 * @property {number} seconds
 * @property {Array<Attended>} attended
 * @property {Array<string>} present
 * @property {Array<PersonCard>} people
 */
/**
 * TURN servers as RTCPeerConnection takes them, beside those of `hello`.
 * @typedef {object} CallServers
 * @property {Array<Record<string, string|Array<string>>>} ice_servers
 * @property {number} until
 */
/**
 * `author` began a call in the room.
 * @typedef {object} CallOpened
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {boolean} video
 * @property {boolean} ring
 */
/**
 * `author` is in the call on `device`, and on no other.
 * @typedef {object} CallJoined
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {string} device
 */
/**
 * `person` is no longer in the call.
 * @typedef {object} CallLeft
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {string} person
 * @property {boolean} removed
 */
/**
 * The call is over.
 * @typedef {object} CallClosed
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {string} began
 * @property {boolean} video
 * @property {boolean} ring
 * @property {number} seconds
 * @property {Array<string>} people
 * @property {Array<string>} called
 * @property {Array<string>} barred
 * @property {number} opened
 */
/**
 * What holds for everybody in the call is different in what is not null.
 * @typedef {object} CallChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {boolean|null} locked
 * @property {boolean|null} lobby
 * @property {Array<"share"|"show"|"speak"|"write">|null} rights
 */
/**
 * What `person` may do in the call beside what everybody may, and whether they may come in past the lobby.
 * @typedef {object} CallGranted
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {string} person
 * @property {boolean} admitted
 * @property {Array<"share"|"show"|"speak"|"write">} rights
 */
/**
 * The devices of these people ring, for 45 s, or until they are in it.
 * @typedef {object} PeopleSummoned
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
 * @property {Array<string>} people
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
 * The media of the call goes through the forwarding unit from now on, on the same two devices.
 * @typedef {object} CallRelayed
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} call
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
 * @property {"busy"|"cancelled"|"continued"|"declined"|"ended"|"failed"|"missed"} reason
 * @property {boolean} video
 * @property {number} seconds
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
 * @property {""|"computer"|"phone"|"program"|"tablet"} kind
 */
/**
 * In the person's own conversation: what this device is called from now on.
 * @typedef {object} DeviceChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {string} device
 * @property {string} device_name
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
 * In the own conversation of who blocks: `author` blocked `person`, or no longer does.
 * @typedef {object} BlockChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {boolean} blocked
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
 * A room is different in what is not null.
 * @typedef {object} ConversationChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string|null} title
 * @property {string|null} topic
 * @property {string|null} picture
 * @property {boolean|null} public
 * @property {boolean|null} announcements
 * @property {"joining"|"start"|null} history
 * @property {boolean|null} closed
 */
/**
 * `person` is in the room from this event on, added by `author` or by themselves.
 * @typedef {object} MemberJoined
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {"joining"|"start"} history
 * @property {string} room
 */
/**
 * `person` left the room, or was removed by `author`; this is the last they hear of it.
 * @typedef {object} MemberLeft
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {string} room
 */
/**
 * `person` has this role now.
 * @typedef {object} MemberChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} person
 * @property {"member"|"moderator"|"owner"} role
 */
/**
 * In the person's own conversation: whether they want to hear of the thread of a message of `subject`.
 * @typedef {object} ThreadFollowed
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} subject
 * @property {number} thread
 * @property {boolean} on
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
 * @property {string} title
 * @property {string} topic
 * @property {string} picture
 * @property {boolean} public
 * @property {boolean} announcements
 * @property {"joining"|"start"} history
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
 * @property {Voice|null} voice
 * @property {number} reply
 * @property {number} target
 * @property {Array<string>} mentions
 * @property {string} everyone
 * @property {string} forwarded
 * @property {Poll|null} poll
 * @property {boolean} deleted
 */
/**
 * The message in `target` now says this.
 * @typedef {object} MessageEdited
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 * @property {string} text
 * @property {Array<string>} mentions
 * @property {string} everyone
 * @property {boolean} deleted
 */
/**
 * The message in `target` was taken back; `person` had said it.
 * @typedef {object} MessageDeleted
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 * @property {string} person
 * @property {number} thread
 */
/**
 * `author` put this emoji under the message in `target`, or took it away.
 * @typedef {object} ReactionChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 * @property {string} emoji
 * @property {boolean} on
 */
/**
 * The message in `target` is pinned from now on, or no longer.
 * @typedef {object} PinChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 * @property {boolean} on
 */
/**
 * `author` now chooses these options of the poll in `target`, and chose `before` until now.
 * @typedef {object} VoteChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 * @property {Array<number>} choices
 * @property {Array<number>} before
 */
/**
 * Nobody votes any more in the poll in `target`.
 * @typedef {object} PollClosed
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {number} target
 */
/**
 * In the person's own conversation: how much they want to hear of the conversation `subject` from now on.
 * @typedef {object} PreferenceChanged
 * @property {string} conversation
 * @property {number} seq
 * @property {string} author
 * @property {number} at
 * @property {string} subject
 * @property {""|"all"|"mentions"|"none"} notify
 * @property {number} muted_until
 * @property {boolean} previews
 */
/**
 * The forwarding unit's SDP offer to this device, for its echo.
 * @typedef {object} EchoOffered
 * @property {number} version
 * @property {string} sdp
 * @property {Record<string, Track>} tracks
 */
/**
 * How the devices of a call take part; to the others in it.
 * @typedef {object} FloorChanged
 * @property {string} conversation
 * @property {string} call
 * @property {Record<string, Floor>} floors
 */
/**
 * The forwarding unit's SDP offer to this device.
 * @typedef {object} MediaOffered
 * @property {string} conversation
 * @property {string} call
 * @property {number} version
 * @property {string} sdp
 * @property {Record<string, Track>} tracks
 */
/**
 * This device has the floor now; nobody when it is empty.
 * @typedef {object} SpeakerChanged
 * @property {string} conversation
 * @property {string} call
 * @property {string} device
 */
/**
 * The videos that come from this device now, by their sources.
 * @typedef {object} VideosChanged
 * @property {string} conversation
 * @property {string} call
 * @property {string} device
 * @property {Array<string>} sources
 */
/**
 * To a device in the call: `person` muted it.
 * @typedef {object} CallSilenced
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 */
/**
 * To a device in the call: `person` does not let it do now what it asked for.
 * @typedef {object} RightDeferred
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {"share"|"show"|"speak"|"write"} right
 */
/**
 * To the owner and moderators in the call: `person` waits in the lobby.
 * @typedef {object} CallKnocked
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {number} at
 */
/**
 * An emoji of somebody in the call.
 * @typedef {object} CallCheered
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {string} emoji
 */
/**
 * To one's own devices: stop ringing for this call.
 * @typedef {object} CallDeclined
 * @property {string} conversation
 * @property {string} call
 */
/**
 * To the caller's device: a device of the other person rings now.
 * @typedef {object} CallAlerted
 * @property {string} conversation
 * @property {string} call
 * @property {string} device
 * @property {boolean} early
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
 * An SDP answer from `device` of `person`, to the offer with this fingerprint: an earlier page's fits no longer.
 * @typedef {object} CallAnswered
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {string} device
 * @property {string} sdp
 * @property {string} offer
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
 * To a person's own devices: a device says "That's me".
 * @typedef {object} ClaimAsked
 * @property {string} claim
 * @property {string} device_name
 * @property {string} code
 * @property {number} expires_at
 * @property {"code"|"name"} by
 */
/**
 * To a person's own devices: that claim was answered, stop asking.
 * @typedef {object} ClaimSettled
 * @property {string} claim
 */
/**
 * To the device that shows a code for another one: somebody came by it, or it was typed wrong too often.
 * @typedef {object} OfferEnded
 * @property {"used"|"wrong"} reason
 */
/**
 * To those who follow the thread of the message `thread` or are named by its answer `last`, but for who said it.
 * @typedef {object} ThreadMoved
 * @property {string} conversation
 * @property {number} thread
 * @property {number} last
 * @property {boolean} follows
 * @property {boolean} named
 */
/**
 * A person has come this far in a conversation, or, told to nobody else, in a thread of it; gathered for 250 ms.
 * @typedef {object} MarkChanged
 * @property {string} conversation
 * @property {string} person
 * @property {number} read
 * @property {number} delivered
 * @property {number} thread
 * @property {number} since
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
 * @property {number} keep_days
 */
/**
 * In place of a logged event about something this person may not see: there was one, and nothing more.
 * @typedef {object} Hidden
 * @property {string} conversation
 * @property {number} seq
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
 * Hear of what is said in the thread of the message `target`, or no longer, whatever part one has in it.
 * @typedef {object} FollowThread
 * @property {string} nonce
 * @property {string} conversation
 * @property {number} target
 * @property {boolean} on
 */
/**
 * Say one's own message in other words.
 * @typedef {object} EditMessage
 * @property {string} nonce
 * @property {string} conversation
 * @property {number} target
 * @property {string} text
 * @property {Array<string>} [mentions]
 * @property {string} [everyone]
 */
/**
 * Take a message back: its words and files are gone for everybody, on the disk too.
 * @typedef {object} DeleteMessage
 * @property {string} nonce
 * @property {string} conversation
 * @property {number} target
 */
/**
 * Put an emoji under a message, or take one's own away.
 * @typedef {object} SetReaction
 * @property {string} nonce
 * @property {string} conversation
 * @property {number} target
 * @property {string} emoji
 * @property {boolean} on
 */
/**
 * Pin a message for everybody in the conversation, or let it go.
 * @typedef {object} SetPin
 * @property {string} nonce
 * @property {string} conversation
 * @property {number} target
 * @property {boolean} on
 */
/**
 * One's whole choice in a poll; it replaces the one before, and an empty one takes it back.
 * @typedef {object} Vote
 * @property {string} nonce
 * @property {string} conversation
 * @property {number} target
 * @property {Array<number>} choices
 */
/**
 * Nobody votes any more in one's own poll.
 * @typedef {object} ClosePoll
 * @property {string} nonce
 * @property {string} conversation
 * @property {number} target
 */
/**
 * Start a call in a room and be the first in it, or join the one that is on.
 * @typedef {object} OpenCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {boolean} video
 * @property {boolean} [ring]
 */
/**
 * Be in it on this device, from now on; another device of the same person is no longer.
 * @typedef {object} JoinCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 */
/**
 * This device goes.
 * @typedef {object} LeaveCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 */
/**
 * End it for everybody: who began it may, and the owner and moderators of the room.
 * @typedef {object} CloseCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 */
/**
 * Owner and moderators say what holds for everybody; a field left out (null) stays.
 * @typedef {object} ChangeCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {boolean|null} [locked]
 * @property {boolean|null} [lobby]
 * @property {Array<"share"|"show"|"speak"|"write">|null} [rights]
 */
/**
 * Owner and moderators let one person in from the lobby (`admitted`), or say what they may do beside the others.
 * @typedef {object} GrantCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {boolean} [admitted]
 * @property {Array<"share"|"show"|"speak"|"write">} [rights]
 */
/**
 * Owner and moderators put somebody out, or turn them away: they do not come back into this call.
 * @typedef {object} RemoveAttendee
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 */
/**
 * The devices of these people ring for the call this device is in.
 * @typedef {object} SummonPeople
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {Array<string>} people
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
 * Take more people into a call between two: all go on in the call of a room, which has the same id, and these ring.
 * @typedef {object} AddToCall
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} call
 * @property {Array<string>} people
 * @property {string} title
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
 * Call one of one's own devices something that one knows it by.
 * @typedef {object} RenameDevice
 * @property {string} nonce
 * @property {string} device
 * @property {string} device_name
 */
/**
 * Hear no more of a person in the conversation with them, neither messages nor rings, and hide from them.
 * @typedef {object} BlockPerson
 * @property {string} nonce
 * @property {string} person
 */
/**
 * Take that back.
 * @typedef {object} UnblockPerson
 * @property {string} nonce
 * @property {string} person
 */
/**
 * The host removes a person: every device signed out, the name kept.
 * @typedef {object} RemovePerson
 * @property {string} nonce
 * @property {string} person
 */
/**
 * A new room, owned by who asks, with these people in it from the start.
 * @typedef {object} CreateRoom
 * @property {string} nonce
 * @property {string} title
 * @property {string} [topic]
 * @property {string} [picture]
 * @property {boolean} [public]
 * @property {boolean} [announcements]
 * @property {"joining"|"start"} [history]
 * @property {Array<string>} [members]
 */
/**
 * Change a room; a field left out (null) stays, an empty `picture` removes it.
 * @typedef {object} ChangeRoom
 * @property {string} nonce
 * @property {string} conversation
 * @property {string|null} [title]
 * @property {string|null} [topic]
 * @property {string|null} [picture]
 * @property {boolean|null} [public]
 * @property {boolean|null} [announcements]
 * @property {"joining"|"start"|null} [history]
 * @property {boolean|null} [closed]
 */
/**
 * Enter a public room.
 * @typedef {object} JoinRoom
 * @property {string} nonce
 * @property {string} conversation
 */
/**
 * Go.
 * @typedef {object} LeaveRoom
 * @property {string} nonce
 * @property {string} conversation
 */
/**
 * Bring people into a room, as its owner or a moderator.
 * @typedef {object} AddMembers
 * @property {string} nonce
 * @property {string} conversation
 * @property {Array<string>} members
 */
/**
 * Put somebody out of a room: the owner anybody else, a moderator who is neither.
 * @typedef {object} RemoveMember
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} person
 */
/**
 * Give somebody a role, as the owner.
 * @typedef {object} ChangeMember
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} person
 * @property {"member"|"moderator"|"owner"} role
 */
/**
 * Say something.
 * @typedef {object} SendMessage
 * @property {string} nonce
 * @property {string} conversation
 * @property {string} [text]
 * @property {Array<string>} [files]
 * @property {Voice|null} [voice]
 * @property {number} [reply]
 * @property {number} [target]
 * @property {Array<string>} [mentions]
 * @property {string} [everyone]
 * @property {Place|null} [forward]
 * @property {Poll|null} [poll]
 */
/**
 * How much one wants to hear of a conversation one is in.
 * @typedef {object} SetPreference
 * @property {string} nonce
 * @property {string} conversation
 * @property {""|"all"|"mentions"|"none"} [notify]
 * @property {number} [muted_until]
 * @property {boolean} [previews]
 */
/**
 * Who was in a call and for how long, for the room's owner and moderators.
 * @typedef {object} ReadAttendance
 * @property {string} conversation
 * @property {string} call
 * @property {number} [seq]
 */
/**
 * Logins to the host's TURN servers, for a call between two that begins or would outlast the last ones.
 * @typedef {object} AskServers
 */
/**
 * Say yes or no to a device that says "That's me".
 * @typedef {object} AllowClaim
 * @property {string} claim
 * @property {boolean} allow
 */
/**
 * The public rooms of the house, in order of id after a room; `query` narrows them by name and topic.
 * @typedef {object} FindRooms
 * @property {string} [after]
 * @property {string} [query]
 * @property {number} [limit]
 */
/**
 * One room: public, or one's own.
 * @typedef {object} LookAtRoom
 * @property {string} conversation
 */
/**
 * Who is in a room one is in, in order of id after a person.
 * @typedef {object} ListMembers
 * @property {string} conversation
 * @property {string} [after]
 * @property {number} [limit]
 */
/**
 * A page of what was said in the thread of the message `target`: before `before`, after `after`, around `around`, around the first answer of the time `at` (ms since the epoch) or later, or the newest.
 * @typedef {object} PageThread
 * @property {string} conversation
 * @property {number} target
 * @property {number} [before]
 * @property {number|null} [after]
 * @property {number} [around]
 * @property {number} [at]
 * @property {number} [limit]
 */
/**
 * Some messages of a conversation, by their seq: what is quoted, pinned or found.
 * @typedef {object} GetMessages
 * @property {string} conversation
 * @property {Array<number>} seqs
 */
/**
 * What a message said before, in all its versions.
 * @typedef {object} ReadHistory
 * @property {string} conversation
 * @property {number} target
 */
/**
 * How far a message has come: for its author, in conversations too large for everybody's marks.
 * @typedef {object} ListReceipts
 * @property {string} conversation
 * @property {number} target
 */
/**
 * Who reacted to a message and who chose what, person after person in order of id.
 * @typedef {object} ListStances
 * @property {string} conversation
 * @property {number} target
 * @property {string} [after]
 */
/**
 * From now on this device may be told by its browser's push service while it has no connection (RFC 8291).
 * @typedef {object} SubscribePush
 * @property {string} endpoint
 * @property {string} p256dh
 * @property {string} auth
 */
/**
 * No longer.
 * @typedef {object} UnsubscribePush
 */
/**
 * Whether there is push here, and for this device.
 * @typedef {object} AskPush
 */
/**
 * Send this device a push now and say what became of it.
 * @typedef {object} TestPush
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
 * A page of entries, oldest first: those before `before`, those after `after`, or those around `around`.
 * @typedef {object} PageConversation
 * @property {string} conversation
 * @property {number} [before]
 * @property {number|null} [after]
 * @property {number} [around]
 * @property {number} [at]
 * @property {number} [limit]
 */
/**
 * What hangs in a conversation, newest first: what can be looked at (`media`), or all other `files`.
 * @typedef {object} ListFiles
 * @property {string} conversation
 * @property {"files"|"media"} [kind]
 * @property {number} [before]
 */
/**
 * Everyone of the house in order of id, after a person; with presence.
 * @typedef {object} ListPeople
 * @property {string} [after]
 * @property {number} [limit]
 */
/**
 * Messages that hold all words of `text`, in their own words or a file's name, in one conversation or in all.
 * @typedef {object} FindMessages
 * @property {string} [text]
 * @property {string|null} [conversation]
 * @property {string} [author]
 * @property {number} [after]
 * @property {number} [before]
 * @property {boolean} [has_file]
 * @property {HitPlace|null} [older_than]
 * @property {number} [limit]
 */
/**
 * Are you there? A page cannot see WebSocket pings, so it has its own.
 * @typedef {object} Ping
 */
/**
 * Let this device try camera and microphone with the forwarding unit: what it sends comes back a second later.
 * @typedef {object} OpenEcho
 */
/**
 * This device's SDP answer to the offer of this version.
 * @typedef {object} TakeEcho
 * @property {number} version
 * @property {string} sdp
 */
/**
 * It was tried.
 * @typedef {object} CloseEcho
 */
/**
 * How this device takes part, for the others in the call to see, and whether it unmuted after `call.silence`.
 * @typedef {object} SetFloor
 * @property {string} conversation
 * @property {string} call
 * @property {Floor} floor
 */
/**
 * Owner and moderators mute one person in the call, or everybody else ("").
 * @typedef {object} SilenceCall
 * @property {string} conversation
 * @property {string} call
 * @property {string} [person]
 */
/**
 * Owner and moderators answer somebody in the call who asks for a right: not now.
 * @typedef {object} DeferRight
 * @property {string} conversation
 * @property {string} call
 * @property {string} person
 * @property {"share"|"show"|"speak"|"write"} right
 */
/**
 * I am at the door of a call with a lobby.
 * @typedef {object} KnockCall
 * @property {string} conversation
 * @property {string} call
 */
/**
 * An emoji that floats over the call for a moment.
 * @typedef {object} CheerCall
 * @property {string} conversation
 * @property {string} call
 * @property {string} emoji
 */
/**
 * My devices need not ring for this call any longer.
 * @typedef {object} DeclineCall
 * @property {string} conversation
 * @property {string} call
 */
/**
 * This device's SDP answer to the forwarding unit's offer of this version.
 * @typedef {object} AnswerMedia
 * @property {string} conversation
 * @property {string} call
 * @property {number} version
 * @property {string} sdp
 */
/**
 * The network changed, or the line to the server was gone: the forwarding unit offers anew.
 * @typedef {object} RenewMedia
 * @property {string} conversation
 * @property {string} call
 * @property {boolean} [anew]
 */
/**
 * What this device's screen shows of the others, all of it; what is not named is not sent to it.
 * @typedef {object} ViewMedia
 * @property {string} conversation
 * @property {string} call
 * @property {Array<Shown>} shown
 */
/**
 * The two devices do not reach each other: the call is to go on through the forwarding unit.
 * @typedef {object} MoveCall
 * @property {string} conversation
 * @property {string} call
 */
/**
 * This device rings now: the caller may say "ringing".
 * @typedef {object} AlertCall
 * @property {string} conversation
 * @property {string} call
 * @property {boolean} [early]
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
 * @property {string} [offer]
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
 * How one is, for others to see, with a few words.
 * @typedef {object} SetStatus
 * @property {"available"|"away"|"busy"} status
 * @property {string} [text]
 * @property {number} [until]
 */
/**
 * Nobody has touched this device for a while, or somebody does again.
 * @typedef {object} SetIdle
 * @property {boolean} idle
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
 *   "thread.follow": FollowThread,
 *   "message.edit": EditMessage,
 *   "message.delete": DeleteMessage,
 *   "reaction.set": SetReaction,
 *   "pin.set": SetPin,
 *   "poll.vote": Vote,
 *   "poll.close": ClosePoll,
 *   "call.open": OpenCall,
 *   "call.join": JoinCall,
 *   "call.leave": LeaveCall,
 *   "call.close": CloseCall,
 *   "call.change": ChangeCall,
 *   "call.grant": GrantCall,
 *   "call.remove": RemoveAttendee,
 *   "call.summon": SummonPeople,
 *   "call.ring": RingCall,
 *   "call.pick_up": PickUpCall,
 *   "call.end": EndCall,
 *   "call.add": AddToCall,
 *   "profile.change": ChangeProfile,
 *   "device.revoke": RevokeDevice,
 *   "device.rename": RenameDevice,
 *   "person.block": BlockPerson,
 *   "person.unblock": UnblockPerson,
 *   "person.remove": RemovePerson,
 *   "room.create": CreateRoom,
 *   "room.change": ChangeRoom,
 *   "room.join": JoinRoom,
 *   "room.leave": LeaveRoom,
 *   "member.add": AddMembers,
 *   "member.remove": RemoveMember,
 *   "member.change": ChangeMember,
 *   "message.send": SendMessage,
 *   "preference.set": SetPreference,
 *   "call.attendance": ReadAttendance,
 *   "call.servers": AskServers,
 *   "claim.allow": AllowClaim,
 *   "rooms.find": FindRooms,
 *   "room.look": LookAtRoom,
 *   "members.list": ListMembers,
 *   "thread.page": PageThread,
 *   "message.get": GetMessages,
 *   "message.history": ReadHistory,
 *   "message.receipts": ListReceipts,
 *   "message.stances": ListStances,
 *   "push.subscribe": SubscribePush,
 *   "push.unsubscribe": UnsubscribePush,
 *   "push.state": AskPush,
 *   "push.test": TestPush,
 *   "sync.resume": Resume,
 *   "sync.list": ListConversations,
 *   "sync.pull": Pull,
 *   "conversation.open": OpenConversation,
 *   "conversation.page": PageConversation,
 *   "files.list": ListFiles,
 *   "people.list": ListPeople,
 *   "search.find": FindMessages,
 *   "sync.ping": Ping,
 *   "echo.open": OpenEcho,
 *   "echo.take": TakeEcho,
 *   "echo.close": CloseEcho,
 *   "call.show": SetFloor,
 *   "call.silence": SilenceCall,
 *   "call.defer": DeferRight,
 *   "call.knock": KnockCall,
 *   "call.cheer": CheerCall,
 *   "call.decline": DeclineCall,
 *   "call.take": AnswerMedia,
 *   "call.renew": RenewMedia,
 *   "call.view": ViewMedia,
 *   "call.move": MoveCall,
 *   "call.alert": AlertCall,
 *   "call.offer": OfferCall,
 *   "call.answer": AnswerCall,
 *   "call.candidate": TrickleCandidate,
 *   "mark.set": SetMarks,
 *   "typing.set": SetTyping,
 *   "status.set": SetStatus,
 *   "presence.idle": SetIdle,
 *   "presence.watch": WatchPresence,
 * }} CommandBodies
 */
/**
 * What may be told, by name.
 * @typedef {{
 *   "call.opened": CallOpened,
 *   "call.joined": CallJoined,
 *   "call.left": CallLeft,
 *   "call.closed": CallClosed,
 *   "call.changed": CallChanged,
 *   "call.granted": CallGranted,
 *   "call.summoned": PeopleSummoned,
 *   "call.rang": CallRang,
 *   "call.picked_up": CallPickedUp,
 *   "call.relayed": CallRelayed,
 *   "call.ended": CallEnded,
 *   "person.changed": PersonChanged,
 *   "device.added": DeviceAdded,
 *   "device.changed": DeviceChanged,
 *   "device.revoked": DeviceRevoked,
 *   "block.changed": BlockChanged,
 *   "invitation.made": InvitationMade,
 *   "invitation.spent": InvitationSpent,
 *   "conversation.changed": ConversationChanged,
 *   "member.joined": MemberJoined,
 *   "member.left": MemberLeft,
 *   "member.changed": MemberChanged,
 *   "thread.followed": ThreadFollowed,
 *   "conversation.created": ConversationCreated,
 *   "message.sent": MessageSent,
 *   "message.edited": MessageEdited,
 *   "message.deleted": MessageDeleted,
 *   "reaction.changed": ReactionChanged,
 *   "pin.changed": PinChanged,
 *   "vote.changed": VoteChanged,
 *   "poll.closed": PollClosed,
 *   "preference.changed": PreferenceChanged,
 *   "echo.offered": EchoOffered,
 *   "call.shown": FloorChanged,
 *   "call.media": MediaOffered,
 *   "call.spoke": SpeakerChanged,
 *   "call.videos": VideosChanged,
 *   "call.silenced": CallSilenced,
 *   "call.deferred": RightDeferred,
 *   "call.knocked": CallKnocked,
 *   "call.cheered": CallCheered,
 *   "call.declined": CallDeclined,
 *   "call.alerted": CallAlerted,
 *   "call.offered": CallOffered,
 *   "call.answered": CallAnswered,
 *   "call.candidate": CallCandidate,
 *   "claim.asked": ClaimAsked,
 *   "claim.settled": ClaimSettled,
 *   "offer.ended": OfferEnded,
 *   "thread.moved": ThreadMoved,
 *   "mark.changed": MarkChanged,
 *   "hello": Hello,
 *   "hidden": Hidden,
 *   "presence.changed": PresenceChanged,
 *   "directory.moved": DirectoryMoved,
 *   "typing.changed": TypingChanged,
 * }} EventBodies
 */

export {};
