/** Every word the app says, in one place and ready for translation: plain sentences, each with its next step. */

const count = (/** @type {number} */ n, /** @type {string} */ one, /** @type {string} */ many) =>
  `${n} ${n === 1 ? one : many}`;

export const strings = {
  language: "en",
  name: "Parley",
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  save: "Save",
  tryAgain: "Try again",

  time: { today: "Today", yesterday: "Yesterday" },

  tabs: { label: "Sections", chats: "Chats", people: "People", settings: "Settings" },

  sides: { chats: "Chats", people: "Everybody", settings: "Settings", profile: "Profile" },

  join: {
    welcome: "Chat and calls for the people around you.",
    name: "Your name",
    hint: "This is how others will see you.",
    button: "Join",
    joining: "Joining…",
    needsInvitation: "You need an invitation",
    howInvited:
      "Scan the QR code on the host's screen, or ask somebody who is here for the link. It opens this page with the invitation in it.",
    taken: (/** @type {string} */ name) => `Somebody here is called ${name}.`,
    thatsMe: "That's me",
    anotherName: "Choose another name",
    takenHint: "If it is you on a new device, your other device can let you in.",
  },

  waiting: {
    title: "Waiting for your other device",
    how: "Open Parley there. It shows this code and asks whether to let this device in.",
    host: "No other device? The host can let you in from the computer Parley runs on.",
    code: (/** @type {string} */ code) => `The code is ${code.split("").join(" ")}`,
    refused: "It was refused. Try again, or choose another name.",
    expired: "Nobody answered in time. Ask again when your other device is at hand.",
    again: "Ask again",
  },

  claim: {
    asks: (/** @type {string} */ device) => `${device} asks to be let in`,
    how: "Is it you, with this code on its screen? It will see your conversations.",
    allow: "Allow",
    refuse: "Refuse",
  },

  chats: {
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
    online: "online",
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
    noAbout: "Has not written anything about themselves.",
  },

  messages: {
    label: "Messages",
    textbox: "Message",
    placeholder: "Message",
    send: "Send",
    attach: "Attach a file",
    voiceCall: "Voice call",
    videoCall: "Video call",
    none: (/** @type {string} */ name) => `Say hello to ${name}`,
    noneHint: "What you write stays between the two of you and the computer Parley runs on.",
    wave: "Say hello 👋",
    older: "Loading older messages",
    loading: "Loading messages",
    notHere: "These messages are not on this device yet. They come with the connection.",
    unread: (/** @type {number} */ n) =>
      n >= 100 ? "99+ new messages" : count(n, "new message", "new messages"),
    down: (/** @type {number} */ n) =>
      n ? `To the newest message, ${n >= 100 ? "99+" : n} unread` : "To the newest message",
    writing: (/** @type {string} */ name) => `${name} is writing`,
    menu: "Message options",
    copy: "Copy",
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
    downloadWord: "Download",
    download: (/** @type {string} */ name) => `Download ${name}`,
  },

  tray: {
    label: "Files to send",
    remove: (/** @type {string} */ name) => `Remove ${name}`,
    most: (/** @type {number} */ n) => `One message carries ${n} files. The rest was left out.`,
    cancel: (/** @type {string} */ name) => `Cancel sending ${name}`,
    sending: (/** @type {string} */ name, /** @type {number} */ percent) =>
      `Sending ${name}, ${percent} %`,
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
    minimise: "Minimise",
    restore: "Back to the call",
    pip: "Picture in picture",
    swap: "Swap pictures",
    corner: "Arrow keys move your picture to another corner.",
    hear: "Tap to hear the call",
    theyMuted: (/** @type {string} */ name) => `${name} is muted`,
    theyShare: (/** @type {string} */ name) => `${name} shares a screen`,
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
    notices: "Notifications",
    notify: "Show a notification for new messages",
    notifyHow:
      "Parley notifies you while it is open, also in the background. It works without the internet, so nothing can wake it once you close it.",
    notifyBlocked: "Notifications are blocked. Allow them for this page in the browser's settings.",
    notifyNeedsTrust: "Notifications need the secure page. Install the certificate first.",
    test: "Show a test",
    testText: "This is how a message will look.",
    devices: "Your devices",
    here: "This device",
    since: (/** @type {string} */ day) => `Added: ${day}`,
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
    version: (/** @type {string} */ version) => `Version ${version}.`,
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

  connection: {
    connecting: "Connecting…",
    offline: "No connection. What you write is sent later.",
    now: "Try now",
  },

  update: {
    ready: "A new version is ready.",
    reload: "Reload",
    inCall: "It can be loaded after the call.",
  },

  install: {
    title: "Keep Parley at hand",
    text: "Install it, and it opens from your home screen like any other app.",
    button: "Install",
    ios: "In Safari, tap Share and then “Add to Home Screen”.",
    later: "Not now",
  },

  notice: { somebody: "New message" },
};
