/**
 * Every word the app says, in one place: plain sentences, each with its next step. This is English, and the shape of every
 * other language; their files are in languages/. Views read `strings.chats.label` while they render, never before. What
 * the first screen says stands in strings-first.js, so that it need not wait for all the rest.
 */

import { apart, live } from "./languages/live.js";
import { counting } from "./languages/plural.js";
import { first } from "./strings-first.js";
import { gathering } from "./strings-gathering.js";
import { gear } from "./strings-gear.js";
import { asking, attendance } from "./strings-leading.js";
import { rooms } from "./strings-rooms.js";

const counted = counting("en");
const count = (/** @type {number} */ n, /** @type {string} */ one, /** @type {string} */ other) =>
  counted(n, { one, other });

export const english = {
  ...first,
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  save: "Save",
  tryAgain: "Try again",

  time: { today: "Today", yesterday: "Yesterday" },

  tabs: { label: "Sections", chats: "Chats", people: "People", settings: "Settings" },

  sides: {
    chats: "Chats",
    people: "Everybody",
    settings: "Settings",
    profile: "Profile",
    "new-room": "New room",
    rooms: "Public rooms",
  },

  codeEntry: {
    label: "Code",
    how: "On the device you already use, open Settings, then “Add a device”. It shows eight letters and digits.",
    go: "Continue",
    busy: "Asking…",
  },

  claim: {
    asks: (/** @type {string} */ device) => `${device} asks to be let in`,
    how: "Is it you, with this code on its screen? It will see your conversations.",
    adds: (/** @type {string} */ device) => `Add ${device}?`,
    howAdds:
      "Does its screen show this number too? Then it is yours, and will see your conversations.",
    allow: "Allow",
    refuse: "Refuse",
  },

  chats: {
    named: "You are mentioned",
    label: "Conversations",
    search: "Search",
    clear: "Clear the search",
    others: "Not written to yet",
    noMatch: (/** @type {string} */ query) => `Nobody here is called “${query}”.`,
    none: "No conversations yet",
    choose: "Choose somebody and say hello.",
    alone: "Nobody else is here yet",
    aloneHost: "Invite people: they scan a code with their phone, type a name, and are here.",
    aloneGuest: "When the others have joined, you find them here.",
    draft: "Draft:",
    you: "You:",
    writing: "writing…",
    unread: (/** @type {string} */ n) => `${n} unread`,
    pick: "Choose a conversation",
    pickHint: "Or start one: everybody who has joined is under People.",
    loading: "Loading conversations",
  },

  people: {
    label: "People",
    seenRecently: "seen recently",
    seenToday: "seen today",
    seenYesterday: "seen yesterday",
    seenOn: (/** @type {string} */ day) => `seen on ${day}`,
    notYetSeen: "offline",
    host: "Host",
    write: "Write",
    remove: "Remove",
    removeTitle: (/** @type {string} */ name) => `Remove ${name}?`,
    removeText: (/** @type {string} */ name) =>
      `All devices of ${name} are signed out at once, and the invitation everybody had ends. What was written stays, and nobody else can take the name.`,
    gone: "This person was removed.",
    about: "About",
  },

  exports: {
    title: "Take your conversations along",
    hint: "An archive with a page for each conversation, which any browser opens without Parley.",
    files: "With photos and files",
    all: "Export my conversations",
    one: "Export this conversation",
  },

  blocks: {
    block: "Block",
    unblock: "Unblock",
    unblockName: (/** @type {string} */ name) => `Unblock ${name}`,
    title: (/** @type {string} */ name) => `Block ${name}?`,
    text: (/** @type {string} */ name) =>
      `${name} can no longer write to you or call you, and does not see whether you are here. They are not told. In rooms their messages are folded for you. What was written stays.`,
    isBlocked: (/** @type {string} */ name) =>
      `You blocked ${name}: neither of you can write or call, and they do not see whether you are here.`,
    closed: (/** @type {string} */ name) => `You blocked ${name}.`,
    message: "Message from somebody you blocked.",
    show: "Show",
    people: "People you blocked",
  },

  search: {
    messages: "Messages",
    open: "Search this conversation",
    here: "Search this conversation",
    close: "Close the search",
    looking: "Looking…",
    none: "No message says that.",
    partial: "That is short, so only the newest 50,000 messages were looked through.",
    notReady:
      "The server is still preparing the search; some messages may be missing for a moment.",
    offline: "Messages are searched on the server, and there is no connection to it just now.",
    more: "Older messages",
    older: "Older result",
    newer: "Newer result",
    aside: "In a thread:",
    poll: "Poll:",
    count: (/** @type {string} */ all) => `${all} found`,
    place: (/** @type {number} */ at, /** @type {string} */ all) => `${at} of ${all}`,
    filters: "Filter",
    from: "By",
    anybody: "Anybody",
    you: "You",
    since: "Since",
    until: "Until",
    hasFile: "With a file",
    clearFilters: "Clear filters",
    whoWhere: (/** @type {string} */ who, /** @type {string} */ where) => `${who} · ${where}`,
  },

  messages: {
    label: "Messages",
    textbox: "Message",
    placeholder: "Message",
    send: "Send",
    kept: (/** @type {number} */ n) =>
      `Messages are kept for ${count(n, "day", "days")}, then they are deleted.`,
    attach: "Attach a file",
    voiceCall: "Voice call",
    videoCall: "Video call",
    none: (/** @type {string} */ name) => `Say hello to ${name}`,
    noneHint: "What you write stays between the two of you and the computer Parley runs on.",
    wave: "Say hello 👋",
    older: "Loading older messages",
    toDay: "Go to another day",
    loading: "Loading messages",
    notHere: "These messages are not on this device yet. They come with the connection.",
    unread: (/** @type {number} */ n) =>
      n >= 100 ? "99+ new messages" : count(n, "new message", "new messages"),
    down: (/** @type {number} */ n) =>
      n ? `To the newest message, ${n >= 100 ? "99+" : n} unread` : "To the newest message",
    writing: (/** @type {string} */ name) => `${name} is writing`,
    menu: "Message options",
    copy: "Copy",
    copyLink: "Copy link to message",
    details: "Details",
    from: "From",
    sentAt: "Sent",
    editedAt: "Edited",
    readBy: "Read by",
    deliveredTo: "Delivered to",
    nowhere: "It has not reached anybody yet.",
    loadingDetails: "Loading",
    copyCode: "Copy the code",
    copied: "Copied",
    retry: "Send again",
    discard: "Delete",
    failed: "Not sent.",
    youWrote: "You",
    noteReadBy: (/** @type {string} */ names) => `Read by ${names}`,
    noteReached: (/** @type {string} */ names) => `Delivered to ${names}`,
    tooLong: (/** @type {number} */ n) =>
      `${count(n, "character", "characters")} too long. Shorten it, or send it as a file.`,
    drop: "Drop files to send them",
    removed: "This person was removed, so you cannot write to them any more.",
    picture: (/** @type {string} */ name) => `Photo ${name}`,
    film: (/** @type {string} */ name) => `Video ${name}`,
    downloadWord: "Download",
    download: (/** @type {string} */ name) => `Download ${name}`,
  },

  assist: {
    label: "Suggestions",
    everyone: (/** @type {string} */ word) => `${word} · all in this room`,
  },

  format: {
    label: "Formatting",
    bold: "Bold",
    italic: "Italics",
    strike: "Strikethrough",
    code: "Code",
    quote: "Quote",
    list: "List",
  },

  emoji: {
    label: "Emoji",
    open: "Choose an emoji",
    search: "Search emoji",
    loading: "Loading emoji",
    failed: "The emoji could not be loaded. They come with the connection.",
    recent: "Recently used",
    results: "Found",
    found: (/** @type {number} */ n) => (n ? count(n, "emoji found", "emoji found") : ""),
    none: (/** @type {string} */ query) => `No emoji is called “${query}”.`,
    jump: "Go to",
    tone: "Skin tone",
    tones: ["None", "Light", "Medium-light", "Medium", "Medium-dark", "Dark"],
    groups: [
      "Smileys and emotion",
      "People and body",
      "",
      "Animals and nature",
      "Food and drink",
      "Travel and places",
      "Activities",
      "Objects",
      "Symbols",
      "Flags",
    ],
  },

  reactions: {
    label: "Reactions",
    react: "React",
    add: "Add a reaction",
    more: "More emoji",
    who: "Who reacted",
    showMore: "Show more",
    with: (/** @type {string} */ emoji) => `React with ${emoji}`,
    only: (/** @type {string} */ emoji, /** @type {number} */ n) => `Only ${emoji}, ${n}`,
    others: (/** @type {number} */ n) => count(n, "other", "others"),
    rest: (/** @type {number} */ n) => `${n} more emoji`,
    chip: (/** @type {string} */ emoji, /** @type {number} */ n, /** @type {string} */ names) =>
      `${emoji} ${n}: ${names}`,
  },

  threads: {
    label: "Thread",
    close: "Close the thread",
    answer: "Answer in a thread",
    follow: "Follow",
    followHint: "Hear of new answers here",
    none: "Nobody has answered yet.",
    news: "with something new",
    answers: (/** @type {number} */ n) => count(n, "answer", "answers"),
    newIn: (/** @type {number} */ n) =>
      n === 1 ? "Something new in a thread" : `Something new in ${n} threads`,
  },

  talk: {
    edit: "Edit",
    editing: "Editing",
    save: "Save",
    edited: "edited",
    versions: "Before",
    remove: "Delete",
    removeTitle: "Delete this message?",
    removeText: "It disappears for everybody here. This cannot be undone.",
    deleted: "This message was deleted",
    reply: "Reply",
    replying: (/** @type {string} */ name) => `Replying to ${name}`,
    replyingYou: "Replying to yourself",
    cancelReply: "Do not reply",
    cancelEdit: "Stop editing",
    quoted: "Quoted: ",
    photo: "Photo",
    film: "Video",
    file: "File",
    voice: "Voice message",
    elsewhere: "Message",
    forward: "Forward",
    forwardTitle: "Forward to",
    forwardNow: (/** @type {number} */ n) => (n ? `Forward to ${n}` : "Forward"),
    forwardMost: (/** @type {number} */ n) => `Up to ${n} at once.`,
    forwarded: (/** @type {string} */ name) => `Forwarded from ${name}`,
    forwardedYou: "Forwarded from you",
  },
  pins: {
    pin: "Pin",
    unpin: "Unpin",
    label: "Pinned messages",
    bar: (/** @type {number} */ at, /** @type {number} */ of) =>
      of > 1 ? `Pinned message ${at} of ${of}` : "Pinned message",
    all: "All pinned messages",
    open: "Go to the message",
  },

  polls: {
    make: "New poll",
    question: "Question",
    options: "Options",
    option: (/** @type {number} */ n) => `Option ${n}`,
    remove: (/** @type {number} */ n) => `Remove option ${n}`,
    several: "Several answers",
    ask: "Ask",
    unfinished: "A poll needs a question, and at least two options that differ.",
    votes: (/** @type {number} */ n) => count(n, "vote", "votes"),
    noVotes: "No votes yet",
    choice: (
      /** @type {string} */ option,
      /** @type {number} */ n,
      /** @type {string} */ percent,
    ) => `${option}, ${count(n, "vote", "votes")}, ${percent}`,
    closed: "Closed",
    takeBack: "Take back my vote",
    close: "Close the poll",
  },

  tray: {
    label: "Files to send",
    remove: (/** @type {string} */ name) => `Remove ${name}`,
    most: (/** @type {number} */ n) => `One message carries ${n} files. The rest was left out.`,
    cancel: (/** @type {string} */ name) => `Cancel ${name}`,
    sending: (/** @type {string} */ name, /** @type {number} */ percent) =>
      `Sending ${name}, ${percent} %`,
    paused: (/** @type {string} */ name, /** @type {number} */ percent) =>
      `Sending ${name}, paused at ${percent} %`,
    pauseIt: (/** @type {string} */ name) => `Pause ${name}`,
    resume: (/** @type {string} */ name) => `Resume ${name}`,
    photos: "Photos",
    smaller: "Smaller",
    original: "Original",
    place: "Where a photo was taken is removed either way.",
    telling: (/** @type {string} */ names) =>
      `Where it was made may still stand in ${names}: in this kind of file it cannot be removed.`,
  },

  voice: {
    record: "Record a voice message",
    recording: "Recording",
    paused: "Paused",
    starting: "Getting the microphone ready…",
    slide: "Slide to cancel",
    lock: "Slide up to let go",
    cancel: "Delete the recording",
    pause: "Pause",
    resume: "Go on recording",
    stop: "Stop",
    kept: "Recorded, not sent yet",
    message: "Voice message",
    own: "Your recording",
    play: (/** @type {string} */ length) => `Play voice message, ${length}`,
    pausePlaying: "Pause voice message",
    place: "Place in the voice message",
    placeOf: (/** @type {string} */ at, /** @type {string} */ length) => `${at} of ${length}`,
    speed: (/** @type {string} */ rate) => `Speed ${rate}`,
    rate: (/** @type {string} */ rate) => `${rate}×`,
    fresh: "Not played yet",
    failed: "It cannot be played right now.",
    bar: "Voice message that is playing",
    close: "Stop playing",
    dismiss: "Close the hint",
    hints: {
      short: "Hold to record and let go to send, or tap once and record with both hands free.",
      full: "A voice message has 15 minutes. Yours is kept here: listen to it, then send it.",
      refused:
        "The browser does not let Parley use the microphone. Allow it in the settings for this page, then try again.",
      missing: "No microphone was found. Plug one in, then try again.",
      "in-use": "Another program uses the microphone. Close it there, then try again.",
      insecure:
        "The browser gives the microphone only to a secure page. Open Parley at its https address.",
      failed: "The microphone did not start. Try again, or attach a sound file.",
      unsupported: "This browser cannot record. Attach a sound file instead.",
    },
  },

  states: {
    queued: "Waiting to be sent",
    sending: "Sending",
    failed: "Not sent",
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
  },

  preview: {
    picture: (/** @type {number} */ n) => (n > 1 ? `${n} photos` : "Photo"),
    file: (/** @type {number} */ n, /** @type {string} */ name) => (n > 1 ? `${n} files` : name),
    voice: (/** @type {string} */ length) => `Voice message, ${length}`,
    poll: (/** @type {string} */ question) => `Poll: ${question}`,
  },

  calls: {
    voice: "Voice call",
    video: "Video call",
    missed: "Missed call",
    missedVideo: "Missed video call",
    noAnswer: "No answer",
    declined: "Declined",
    cancelled: "Cancelled",
    busy: "Busy",
    failed: "Could not connect",
    continued: "Went on in a group",
    ringing: "Ringing…",
    going: "In progress",
    callBack: "Call back",
    again: "Call again",
  },

  call: {
    incoming: "Incoming call",
    with: (/** @type {string} */ name) => `Call with ${name}`,
    calling: (/** @type {string} */ name) => `${name} is calling`,
    incomingVoice: "Incoming voice call",
    incomingVideo: "Incoming video call",
    accept: "Accept",
    acceptAudio: "Accept with audio",
    decline: "Decline",
    write: "Answer with a message",
    asking: "Allow the microphone in the browser to begin.",
    askingVideo: "Allow camera and microphone in the browser to begin.",
    trying: "Calling…",
    ringing: "Ringing…",
    unreachable: "Cannot be reached right now. Still trying…",
    connecting: "Connecting…",
    slow: "Still connecting. Are both devices on the same network?",
    reconnecting: "Reconnecting…",
    you: "You",
    mute: "Mute",
    unmute: "Unmute",
    cameraOff: "Turn camera off",
    cameraOn: "Turn camera on",
    flip: "Switch camera",
    share: "Share screen",
    unshare: "Stop sharing",
    end: "End call",
    addHint: "They are called, and the call goes on in a group of all of you. Nobody hangs up.",
    addNow: "Call",
    minimise: "Minimise",
    restore: "Back to the call",
    pip: "Picture in picture",
    swap: "Swap pictures",
    corner: "Arrow keys move your picture to another corner.",
    hear: "Tap to hear the call",
    meanwhile: (/** @type {string} */ name) => `${name} called during this call.`,
    callBack: "End and call back",
    leaveAndCallBack: "Leave and call back",
    theyMuted: (/** @type {string} */ name) => `${name} is muted`,
    good: "The connection is good.",
    fair: "The connection is weak.",
    poor: "The connection is poor. Turning the camera off may help.",
    elsewhere: (/** @type {string} */ name) => `You are in a call with ${name} on another device.`,
    lost: (/** @type {string} */ name) => `Your call with ${name} is still open.`,
    rejoin: "Return to the call",
    otherTab: "The call is open in another tab of this browser.",
    endings: {
      ended: "Call ended",
      declined: (/** @type {string} */ name) => `${name} declined the call.`,
      cancelled: "Call cancelled",
      missed: (/** @type {string} */ name) => `${name} did not answer.`,
      busy: (/** @type {string} */ name) => `${name} is in another call. Try again later.`,
      failed:
        "The two devices could not reach each other. Check that both are on the same network, then call again.",
    },
    problems: {
      camera: {
        refused:
          "The browser does not let Parley use the camera. Allow it in the settings for this page, then turn the camera on.",
        missing: "No camera was found. The call goes on with sound.",
        "in-use": "Another program uses the camera. Close it there, then turn the camera on.",
        insecure:
          "The browser gives the camera only to a secure page. Open Parley at its https address.",
        failed: "The camera did not start. Turn it on again, or go on with sound.",
      },
      microphone: {
        refused:
          "Nobody hears you: the browser does not let Parley use the microphone. Allow it in the settings for this page, then press Unmute.",
        missing: "Nobody hears you: no microphone was found. Plug one in, then press Unmute.",
        "in-use":
          "Nobody hears you: another program uses the microphone. Close it there, then press Unmute.",
        insecure:
          "Nobody hears you: the browser gives the microphone only to a secure page. Open Parley at its https address.",
        failed: "Nobody hears you: the microphone did not start. Press Unmute to try again.",
      },
      screen: {
        refused: "The screen was not shared.",
        missing: "There is nothing to share.",
        "in-use": "The screen cannot be shared right now. Try another window.",
        insecure:
          "The browser shares the screen only from a secure page. Open Parley at its https address.",
        failed: "The screen could not be shared. Try another window.",
      },
    },
  },

  viewer: {
    label: "Photo",
    previous: "Previous photo",
    next: "Next photo",
    download: "Download",
    place: (/** @type {number} */ at, /** @type {number} */ of) => `${at} of ${of}`,
    cannotPlay: "This browser cannot play this video. Download it to watch it.",
  },

  gallery: {
    title: "Photos, videos and files",
    media: "Media",
    files: "Files",
    noMedia: "No photos or videos yet",
    noFiles: "No files yet",
    hint: "What is sent in this conversation is gathered here.",
    loading: "Loading",
    failed: "This could not be loaded.",
  },

  share: {
    title: "Send to",
    text: "Choose a conversation. You can still change everything before you send it.",
    gone: "There is nothing left to send.",
  },

  storage: {
    title: "Storage",
    used: (/** @type {string} */ used) => `Your files use ${used}.`,
    of: (/** @type {string} */ used, /** @type {string} */ quota) => `You use ${used} of ${quota}.`,
    hint: "A file goes when the last message it is in is deleted.",
  },

  status: {
    title: "Your status",
    dots: { online: "online", idle: "not at the device", away: "away", busy: "busy" },
    kinds: { available: "Available", away: "Away", busy: "Busy" },
    kind: "How you are",
    busyHint: "While you are busy, this page makes no sound and shows no notifications.",
    text: "In a few words",
    placeholder: "What others should know",
    ideas: "Suggestions",
    idea: ["🍽️ Eating", "📚 Learning", "🚶 Out and about", "🌴 On holiday", "😴 Sleeping"],
    ends: "Ends",
    ending: {
      never: "When I change it",
      half: "In 30 minutes",
      hour: "In 1 hour",
      today: "Tonight at midnight",
      at: "At a time",
    },
    at: "Ends at",
    clear: "Clear status",
    change: "Set status",
    until: (/** @type {string} */ when) => `until ${when}`,
    past: "Please choose a time that is still to come.",
  },

  crop: {
    title: "Choose your picture",
    square: "The part that others see",
    how: "Drag it, or use the arrow keys.",
    zoom: "Nearer or farther",
    use: "Use this picture",
    failed: "This picture could not be cut. Choose another one.",
  },

  profile: {
    title: "Profile",
    name: "Your name",
    about: "About you",
    aboutHint: "A sentence others see on your card.",
    picture: "Change picture",
    removePicture: "Remove picture",
    saved: "Saved.",
    uploading: (/** @type {number} */ percent) => `Sending your picture, ${percent} %`,
  },

  settings: {
    title: "Settings",
    look: "Look",
    themes: { system: "System", light: "Light", dark: "Dark" },
    sounds: "Sounds",
    sound: "Play a sound for new messages",
    ringing: "Ring for calls, and sound during them",
    notices: "Notifications",
    notify: "Show a notification for new messages",
    notifyHow:
      "Badges, sounds and ringing work while Parley is open. Turn this on to be told when you look elsewhere.",
    push: {
      subscribed:
        "This device is also told while Parley is closed. What is sent is encrypted for it alone.",
      open: "You are told while Parley is open, also in the background.",
      unreachable:
        "This server cannot reach the push services of the internet, so notifications come only while Parley is open.",
      lacks: {
        unsupported:
          "This browser cannot be woken, so notifications come only while Parley is open.",
        "home-screen":
          "On an iPhone, add Parley to the home screen first; then you can be told while it is closed.",
        "no-service":
          "This browser reaches no push service just now, so notifications come only while Parley is open. That needs the internet.",
      },
      previews: "Show who wrote and what",
      previewsHow: "Off, a push to any of your devices says only that something came.",
      trying: "Sending…",
      shownHere: "Shown by this page. It did not go through a push service.",
      outcomes: {
        sent: "The push service took it. It should show in a moment.",
        gone: "The push service knows this browser no longer. Turn notifications off and on again.",
        later: "The push service asks to wait. Try again in a minute.",
        unreachable:
          "This server cannot reach the push service. Notifications come only while Parley is open.",
        refused: "The push service did not take it. Turn notifications off and on again.",
      },
    },
    notifyBlocked: "Notifications are blocked. Allow them for this page in the browser's settings.",
    notifyNeedsTrust: "Notifications need the secure page. Install the certificate first.",
    test: "Send me a test notification",
    devices: "Your devices",
    here: "This device",
    since: (/** @type {string} */ day) => `Added: ${day}`,
    activeNow: "active now",
    renameDevice: (/** @type {string} */ name) => `Rename ${name}`,
    renameTitle: "Rename this device",
    deviceName: "Name of the device",
    addDevice: "Add a device",
    signOutDevice: (/** @type {string} */ name) => `Sign out ${name}`,
    signOutDeviceText:
      "It is signed out at once, and what it kept is removed when it is opened next.",
    signOut: "Sign out",
    signOutTitle: "Sign out on this device?",
    signOutText: "What this device has kept is removed. Your messages stay on the server.",
    signOutWaiting: (/** @type {number} */ n) =>
      `${count(n, "message has", "messages have")} not been sent yet and will be lost.`,
    about: "About",
    aboutText:
      "Your messages, files and calls stay between your devices and the computer Parley runs on.",
    edit: "Edit profile",
    language: "Language",
    languageSystem: "System",
    languageMissing: "That language could not be loaded. It comes with the connection.",
    version: (/** @type {string} */ version) => `Version ${version}.`,
  },

  pairing: {
    title: "Add a device",
    hint: "Scan this code with the new device's own camera.",
    qr: "QR code for the new device",
    typed: "No camera? Open Parley there, choose “I have a code”, and type",
    left: (/** @type {string} */ time) => `Works once, for another ${time}.`,
    again: "Show a new code",
    ends: {
      shown: "",
      over: "This code has ended.",
      wrong: "Somebody typed this code wrong five times, so it has ended.",
      used: "A device asks to be let in. Say yes or no to it here.",
    },
    added: (/** @type {string} */ device) => `${device} is signed in now.`,
    done: "Done",
    loading: "Making a code…",
  },

  attention: {
    title: "Notifications",
    levels: { all: "All messages", mentions: "Mentions", none: "Nothing" },
    loud: "Not muted",
    mute: "Mute",
    unmute: "Unmute",
    muteTitle: "Mute this conversation?",
    muteHint:
      "Messages still arrive and are counted in grey. Nobody else learns of it, and calls still ring.",
    spans: {
      hour: "For 1 hour",
      eight: "For 8 hours",
      week: "For 1 week",
      forGood: "Until I unmute it",
    },
    mutedUntil: (/** @type {string} */ day, /** @type {string} */ time) =>
      `Muted until ${day}, ${time}`,
    mutedForGood: "Muted until you unmute it",
    muted: "Muted",
  },

  invite: {
    title: "Invite people",
    hint: "They scan this code with their phone's camera, type a name, and are here.",
    qr: "QR code with the invitation",
    copy: "Copy link",
    copied: "Copied.",
    share: "Share link",
    until: (/** @type {string} */ day) => `Works until ${day}, for as many people as you like.`,
    one: "A link for one person",
    many: "A code for many",
    oneUntil: (/** @type {string} */ day) => `Works once, until ${day}.`,
    loading: "Making an invitation…",
  },

  install: {
    title: "Keep Parley at hand",
    text: "Install it, and it opens from your home screen like any other app.",
    button: "Install",
    ios: "In Safari, tap Share and then “Add to Home Screen”.",
    later: "Not now",
  },

  notice: {
    message: "New message",
    voice: "Voice message",
    gone: "Message deleted",
    ring: "Incoming call",
    ringVideo: "Incoming video call",
    missed: "Missed call",
    over: "The call is over",
    test: "This is how a message will look.",
  },

  rooms,
  gathering,
  asking,
  attendance,
  gear,
};

/** @typedef {typeof english} English */

/** The words in the language chosen on this device; what is not translated yet is English. */
export const strings = live(english);

export { apart };
