/** German: du, calm, plain words. */

import { counting } from "./plural.js";

const counted = counting("de");
const count = (/** @type {number} */ n, /** @type {string} */ one, /** @type {string} */ other) =>
  counted(n, { one, other });

export const catalogue = {
  language: "de",
  name: "Parley",
  somebody: "Jemand",
  cancel: "Abbrechen",
  close: "Schließen",
  back: "Zurück",
  save: "Speichern",
  tryAgain: "Noch einmal versuchen",

  time: { today: "Heute", yesterday: "Gestern" },

  tabs: { label: "Bereiche", chats: "Chats", people: "Leute", settings: "Einstellungen" },

  sides: {
    chats: "Chats",
    people: "Alle",
    settings: "Einstellungen",
    profile: "Profil",
    "new-room": "Neuer Raum",
    rooms: "Öffentliche Räume",
  },

  join: {
    welcome: "Chat und Anrufe für die Menschen um dich herum.",
    name: "Dein Name",
    hint: "So sehen dich die anderen.",
    button: "Mitmachen",
    signedOut: "Dieses Gerät wurde abgemeldet.",
    joining: "Einen Moment …",
    needsInvitation: "Du brauchst eine Einladung",
    howInvited:
      "Scanne den QR-Code auf dem Bildschirm des Hosts, oder bitte jemanden, der schon hier ist, um den Link. Er öffnet diese Seite mit der Einladung darin.",
    taken: (/** @type {string} */ name) => `Hier heißt schon jemand ${name}.`,
    thatsMe: "Das bin ich",
    anotherName: "Anderen Namen wählen",
    takenHint: "Bist du es selbst auf einem neuen Gerät, kann dein anderes Gerät dich einlassen.",
    haveCode: "Ich habe einen Code",
  },

  waiting: {
    title: "Warten auf dein anderes Gerät",
    how: "Öffne dort Parley. Es zeigt diesen Code und fragt, ob dieses Gerät hereindarf.",
    host: "Kein anderes Gerät? Der Host kann dich von dem Computer aus einlassen, auf dem Parley läuft.",
    code: (/** @type {string} */ code) => `Der Code ist ${code.split("").join(" ")}`,
    refused: "Das wurde abgelehnt. Versuch es noch einmal, oder wähle einen anderen Namen.",
    expired:
      "Niemand hat rechtzeitig geantwortet. Frag noch einmal, wenn du dein anderes Gerät zur Hand hast.",
    again: "Noch einmal fragen",
  },

  claim: {
    asks: (/** @type {string} */ device) => `${device} möchte herein`,
    how: "Bist du das, mit diesem Code auf dem Bildschirm? Das Gerät sieht dann deine Unterhaltungen.",
    allow: "Erlauben",
    refuse: "Ablehnen",
    adds: (/** @type {string} */ device) => `${device} hinzufügen?`,
    howAdds:
      "Zeigt sein Bildschirm dieselbe Zahl? Dann ist es deins und sieht deine Unterhaltungen.",
  },

  chats: {
    named: "Du wirst erwähnt",
    label: "Unterhaltungen",
    search: "Suchen",
    clear: "Suche leeren",
    others: "Noch nicht angeschrieben",
    noMatch: (/** @type {string} */ query) => `Hier heißt niemand „${query}“.`,
    none: "Noch keine Unterhaltungen",
    choose: "Such dir jemanden aus und sag Hallo.",
    alone: "Noch ist niemand sonst hier",
    aloneHost:
      "Lade Leute ein: Sie scannen mit dem Handy einen Code, tippen einen Namen ein und sind da.",
    aloneGuest: "Sobald andere dazukommen, findest du sie hier.",
    draft: "Entwurf:",
    you: "Du:",
    writing: "schreibt …",
    unread: (/** @type {string} */ n) => `${n} ungelesen`,
    pick: "Wähle eine Unterhaltung",
    pickHint: "Oder beginne eine: Alle, die mitmachen, findest du unter Leute.",
    loading: "Unterhaltungen werden geladen",
  },

  people: {
    label: "Leute",
    seenRecently: "vor Kurzem hier",
    seenToday: "heute hier",
    seenYesterday: "gestern hier",
    seenOn: (/** @type {string} */ day) => `zuletzt hier: ${day}`,
    notYetSeen: "offline",
    host: "Host",
    write: "Schreiben",
    remove: "Entfernen",
    removeTitle: (/** @type {string} */ name) => `${name} entfernen?`,
    removeText: (/** @type {string} */ name) =>
      `Alle Geräte von ${name} werden sofort abgemeldet, und die Einladung, die alle hatten, gilt nicht mehr. Was geschrieben wurde, bleibt, und niemand sonst kann den Namen annehmen.`,
    gone: "Diese Person wurde entfernt.",
    about: "Info",
  },

  messages: {
    label: "Nachrichten",
    textbox: "Nachricht",
    placeholder: "Nachricht",
    send: "Senden",
    kept: (/** @type {number} */ n) =>
      `Nachrichten werden nach ${count(n, "Tag", "Tagen")} gelöscht.`,
    attach: "Datei anhängen",
    voiceCall: "Anrufen",
    videoCall: "Videoanruf",
    none: (/** @type {string} */ name) => `Sag ${name} Hallo`,
    noneHint:
      "Was du schreibst, bleibt zwischen euch beiden und dem Computer, auf dem Parley läuft.",
    wave: "Hallo sagen 👋",
    older: "Ältere Nachrichten werden geladen",
    toDay: "Zu einem anderen Tag",
    loading: "Nachrichten werden geladen",
    notHere:
      "Diese Nachrichten sind noch nicht auf diesem Gerät. Sie kommen, sobald es eine Verbindung gibt.",
    unread: (/** @type {number} */ n) =>
      n >= 100 ? "99+ neue Nachrichten" : count(n, "neue Nachricht", "neue Nachrichten"),
    down: (/** @type {number} */ n) =>
      n ? `Zur neuesten Nachricht, ${n >= 100 ? "99+" : n} ungelesen` : "Zur neuesten Nachricht",
    writing: (/** @type {string} */ name) => `${name} schreibt`,
    menu: "Optionen der Nachricht",
    copy: "Kopieren",
    copyLink: "Link zur Nachricht kopieren",
    details: "Details",
    from: "Von",
    sentAt: "Gesendet",
    editedAt: "Bearbeitet",
    readBy: "Gelesen von",
    deliveredTo: "Zugestellt an",
    nowhere: "Sie hat noch niemanden erreicht.",
    loadingDetails: "Wird geladen",
    copyCode: "Code kopieren",
    copied: "Kopiert",
    retry: "Noch einmal senden",
    discard: "Löschen",
    failed: "Nicht gesendet.",
    youWrote: "Du",
    noteReadBy: (/** @type {string} */ names) => `Gelesen von ${names}`,
    noteReached: (/** @type {string} */ names) => `Zugestellt an ${names}`,
    tooLong: (/** @type {number} */ n) =>
      `${count(n, "Zeichen", "Zeichen")} zu lang. Kürze den Text, oder sende ihn als Datei.`,
    drop: "Lass Dateien hier los, um sie zu senden",
    removed: "Diese Person wurde entfernt, deshalb kannst du ihr nicht mehr schreiben.",
    picture: (/** @type {string} */ name) => `Foto ${name}`,
    film: (/** @type {string} */ name) => `Video ${name}`,
    downloadWord: "Herunterladen",
    download: (/** @type {string} */ name) => `${name} herunterladen`,
  },

  assist: {
    label: "Vorschläge",
    everyone: (/** @type {string} */ word) => `${word} · alle in diesem Raum`,
  },

  format: {
    label: "Formatierung",
    bold: "Fett",
    italic: "Kursiv",
    strike: "Durchgestrichen",
    code: "Code",
    quote: "Zitat",
    list: "Liste",
  },

  emoji: {
    label: "Emoji",
    open: "Emoji auswählen",
    search: "Emoji suchen",
    loading: "Emoji werden geladen",
    failed: "Die Emoji konnten nicht geladen werden. Sie kommen mit der Verbindung.",
    recent: "Zuletzt benutzt",
    results: "Gefunden",
    found: (/** @type {number} */ n) => (n ? `${n} Emoji gefunden` : ""),
    none: (/** @type {string} */ query) => `Kein Emoji heißt „${query}“.`,
    jump: "Gehe zu",
    tone: "Hautton",
    tones: ["Ohne", "Hell", "Mittelhell", "Mittel", "Mitteldunkel", "Dunkel"],
    groups: [
      "Smileys und Gefühle",
      "Menschen und Körper",
      "",
      "Tiere und Natur",
      "Essen und Trinken",
      "Reisen und Orte",
      "Aktivitäten",
      "Gegenstände",
      "Symbole",
      "Flaggen",
    ],
  },

  reactions: {
    label: "Reaktionen",
    react: "Reagieren",
    add: "Reaktion hinzufügen",
    more: "Mehr Emoji",
    who: "Wer reagiert hat",
    showMore: "Mehr anzeigen",
    with: (/** @type {string} */ emoji) => `Mit ${emoji} reagieren`,
    only: (/** @type {string} */ emoji, /** @type {number} */ n) => `Nur ${emoji}, ${n}`,
    others: (/** @type {number} */ n) => (n === 1 ? "1 weitere Person" : `${n} weitere`),
    rest: (/** @type {number} */ n) => `${n} weitere Emoji`,
    chip: (/** @type {string} */ emoji, /** @type {number} */ n, /** @type {string} */ names) =>
      `${emoji} ${n}: ${names}`,
  },

  threads: {
    label: "Faden",
    close: "Faden schließen",
    answer: "In einem Faden antworten",
    follow: "Folgen",
    followHint: "Von neuen Antworten hier erfahren",
    none: "Noch hat niemand geantwortet.",
    news: "mit Neuem",
    answers: (/** @type {number} */ n) => count(n, "Antwort", "Antworten"),
    newIn: (/** @type {number} */ n) => (n === 1 ? "Neues in einem Faden" : `Neues in ${n} Fäden`),
  },

  talk: {
    edit: "Bearbeiten",
    editing: "Bearbeiten",
    save: "Speichern",
    edited: "bearbeitet",
    versions: "Vorher",
    remove: "Löschen",
    removeTitle: "Diese Nachricht löschen?",
    removeText: "Sie verschwindet für alle hier. Das lässt sich nicht rückgängig machen.",
    deleted: "Diese Nachricht wurde gelöscht",
    reply: "Antworten",
    replying: (/** @type {string} */ name) => `Antwort an ${name}`,
    replyingYou: "Antwort an dich selbst",
    cancelReply: "Doch nicht antworten",
    cancelEdit: "Nicht mehr bearbeiten",
    quoted: "Zitat: ",
    photo: "Foto",
    film: "Video",
    file: "Datei",
    voice: "Sprachnachricht",
    elsewhere: "Nachricht",
    forward: "Weiterleiten",
    forwardTitle: "Weiterleiten an",
    forwardNow: (/** @type {number} */ n) => (n ? `An ${n} weiterleiten` : "Weiterleiten"),
    forwardMost: (/** @type {number} */ n) => `Bis zu ${n} auf einmal.`,
    forwarded: (/** @type {string} */ name) => `Weitergeleitet von ${name}`,
    forwardedYou: "Weitergeleitet von dir",
  },
  pins: {
    pin: "Anheften",
    unpin: "Nicht mehr anheften",
    label: "Angeheftete Nachrichten",
    bar: (/** @type {number} */ at, /** @type {number} */ of) =>
      of > 1 ? `Angeheftete Nachricht ${at} von ${of}` : "Angeheftete Nachricht",
    all: "Alle angehefteten Nachrichten",
    open: "Zur Nachricht",
  },

  polls: {
    make: "Neue Umfrage",
    question: "Frage",
    options: "Antworten",
    option: (/** @type {number} */ n) => `Antwort ${n}`,
    remove: (/** @type {number} */ n) => `Antwort ${n} entfernen`,
    several: "Mehrere Antworten",
    ask: "Fragen",
    unfinished: "Eine Umfrage braucht eine Frage und mindestens zwei verschiedene Antworten.",
    votes: (/** @type {number} */ n) => (n === 1 ? "1 Stimme" : `${n} Stimmen`),
    noVotes: "Noch keine Stimmen",
    choice: (
      /** @type {string} */ option,
      /** @type {number} */ n,
      /** @type {string} */ percent,
    ) => `${option}, ${n === 1 ? "1 Stimme" : `${n} Stimmen`}, ${percent}`,
    closed: "Beendet",
    takeBack: "Meine Stimme zurücknehmen",
    close: "Umfrage beenden",
  },

  tray: {
    label: "Zu sendende Dateien",
    remove: (/** @type {string} */ name) => `${name} entfernen`,
    most: (/** @type {number} */ n) =>
      `Eine Nachricht fasst ${n} Dateien. Die übrigen wurden weggelassen.`,
    cancel: (/** @type {string} */ name) => `${name} abbrechen`,
    sending: (/** @type {string} */ name, /** @type {number} */ percent) =>
      `${name} wird gesendet, ${percent} %`,
    paused: (/** @type {string} */ name, /** @type {number} */ percent) =>
      `${name} wird gesendet, angehalten bei ${percent} %`,
    pauseIt: (/** @type {string} */ name) => `${name} anhalten`,
    resume: (/** @type {string} */ name) => `${name} fortsetzen`,
    photos: "Fotos",
    smaller: "Kleiner",
    original: "Original",
    place: "Wo ein Foto entstand, wird in beiden Fällen entfernt.",
    telling: (/** @type {string} */ names) =>
      `Wo es entstand, kann noch in ${names} stehen: aus dieser Art Datei lässt es sich nicht entfernen.`,
  },

  voice: {
    record: "Sprachnachricht aufnehmen",
    recording: "Aufnahme läuft",
    paused: "Angehalten",
    starting: "Das Mikrofon wird bereit gemacht…",
    slide: "Wischen zum Abbrechen",
    lock: "Hochwischen und loslassen",
    cancel: "Aufnahme löschen",
    pause: "Pause",
    resume: "Weiter aufnehmen",
    stop: "Anhalten",
    kept: "Aufgenommen, noch nicht gesendet",
    message: "Sprachnachricht",
    own: "Deine Aufnahme",
    play: (/** @type {string} */ length) => `Sprachnachricht abspielen, ${length}`,
    pausePlaying: "Sprachnachricht anhalten",
    place: "Stelle in der Sprachnachricht",
    placeOf: (/** @type {string} */ at, /** @type {string} */ length) => `${at} von ${length}`,
    speed: (/** @type {string} */ rate) => `Geschwindigkeit ${rate}`,
    rate: (/** @type {string} */ rate) => `${rate}×`,
    fresh: "Noch nicht angehört",
    failed: "Sie lässt sich gerade nicht abspielen.",
    bar: "Sprachnachricht, die gerade läuft",
    close: "Nicht weiter abspielen",
    dismiss: "Hinweis schließen",
    hints: {
      short:
        "Halte zum Aufnehmen und lass los, um zu senden. Oder tippe einmal und sprich mit freien Händen.",
      full: "Eine Sprachnachricht fasst 15 Minuten. Deine ist hier aufgehoben: Hör sie an, dann sende sie.",
      refused:
        "Der Browser lässt Parley nicht ans Mikrofon. Erlaube es in den Einstellungen für diese Seite, dann versuche es noch einmal.",
      missing: "Kein Mikrofon gefunden. Schließe eines an, dann versuche es noch einmal.",
      "in-use":
        "Ein anderes Programm benutzt das Mikrofon. Schließe es dort, dann versuche es noch einmal.",
      insecure:
        "Der Browser gibt das Mikrofon nur einer sicheren Seite. Öffne Parley unter seiner https-Adresse.",
      failed:
        "Das Mikrofon ist nicht gestartet. Versuche es noch einmal, oder hänge eine Tondatei an.",
      unsupported: "Dieser Browser kann nicht aufnehmen. Hänge stattdessen eine Tondatei an.",
    },
  },

  states: {
    queued: "Wartet auf das Senden",
    sending: "Wird gesendet",
    failed: "Nicht gesendet",
    sent: "Gesendet",
    delivered: "Zugestellt",
    read: "Gelesen",
  },

  preview: {
    picture: (/** @type {number} */ n) => (n > 1 ? `${n} Fotos` : "Foto"),
    file: (/** @type {number} */ n, /** @type {string} */ name) => (n > 1 ? `${n} Dateien` : name),
    voice: (/** @type {string} */ length) => `Sprachnachricht, ${length}`,
    poll: (/** @type {string} */ question) => `Umfrage: ${question}`,
  },

  calls: {
    voice: "Anruf",
    video: "Videoanruf",
    missed: "Verpasster Anruf",
    missedVideo: "Verpasster Videoanruf",
    noAnswer: "Keine Antwort",
    declined: "Abgelehnt",
    cancelled: "Abgebrochen",
    busy: "Besetzt",
    failed: "Keine Verbindung möglich",
    continued: "Ging in einer Gruppe weiter",
    ringing: "Klingelt …",
    going: "Läuft gerade",
    callBack: "Zurückrufen",
    again: "Noch einmal anrufen",
  },

  call: {
    incoming: "Eingehender Anruf",
    with: (/** @type {string} */ name) => `Anruf mit ${name}`,
    calling: (/** @type {string} */ name) => `${name} ruft an`,
    incomingVoice: "Eingehender Anruf",
    incomingVideo: "Eingehender Videoanruf",
    accept: "Annehmen",
    acceptAudio: "Nur mit Ton annehmen",
    decline: "Ablehnen",
    write: "Mit einer Nachricht antworten",
    asking: "Erlaube im Browser das Mikrofon, dann geht es los.",
    askingVideo: "Erlaube im Browser Kamera und Mikrofon, dann geht es los.",
    trying: "Rufe an …",
    ringing: "Klingelt …",
    unreachable: "Gerade nicht erreichbar. Ich versuche es weiter …",
    connecting: "Verbinde …",
    slow: "Verbinde noch. Sind beide Geräte im selben Netz?",
    reconnecting: "Verbinde wieder …",
    you: "Du",
    mute: "Mikrofon aus",
    unmute: "Mikrofon an",
    cameraOff: "Kamera aus",
    cameraOn: "Kamera an",
    flip: "Kamera wechseln",
    share: "Bildschirm teilen",
    unshare: "Teilen beenden",
    end: "Auflegen",
    addHint:
      "Sie werden angerufen, und der Anruf geht in einer Gruppe mit euch allen weiter. Niemand legt auf.",
    addNow: "Anrufen",
    minimise: "Verkleinern",
    restore: "Zurück zum Anruf",
    pip: "Bild im Bild",
    swap: "Bilder tauschen",
    corner: "Mit den Pfeiltasten rückst du dein Bild in eine andere Ecke.",
    hear: "Tippe hier, um den Anruf zu hören",
    meanwhile: (/** @type {string} */ name) => `${name} hat während dieses Anrufs angerufen.`,
    callBack: "Auflegen und zurückrufen",
    leaveAndCallBack: "Verlassen und zurückrufen",
    theyMuted: (/** @type {string} */ name) => `${name} hat das Mikrofon aus`,
    good: "Die Verbindung ist gut.",
    fair: "Die Verbindung ist schwach.",
    poor: "Die Verbindung ist schlecht. Vielleicht hilft es, die Kamera auszuschalten.",
    elsewhere: (/** @type {string} */ name) =>
      `Du bist auf einem anderen Gerät im Gespräch mit ${name}.`,
    rejoin: "Zurück in den Anruf",
    otherTab: "Der Anruf ist in einem anderen Tab dieses Browsers offen.",
    endings: {
      ended: "Anruf beendet",
      declined: (/** @type {string} */ name) => `${name} hat abgelehnt.`,
      cancelled: "Anruf abgebrochen",
      missed: (/** @type {string} */ name) => `${name} hat nicht geantwortet.`,
      busy: (/** @type {string} */ name) =>
        `${name} ist in einem anderen Anruf. Versuch es später noch einmal.`,
      failed:
        "Die beiden Geräte haben einander nicht erreicht. Sieh nach, ob beide im selben Netz sind, und ruf dann noch einmal an.",
    },
    problems: {
      camera: {
        refused:
          "Der Browser lässt Parley nicht an die Kamera. Erlaube sie in den Einstellungen für diese Seite, und schalte sie dann ein.",
        missing: "Keine Kamera gefunden. Der Anruf geht mit Ton weiter.",
        "in-use":
          "Ein anderes Programm benutzt die Kamera. Schließe es, und schalte die Kamera dann ein.",
        insecure:
          "Der Browser gibt die Kamera nur einer sicheren Seite. Öffne Parley unter seiner https-Adresse.",
        failed:
          "Die Kamera ist nicht gestartet. Schalte sie noch einmal ein, oder mach mit Ton weiter.",
      },
      microphone: {
        refused:
          "Niemand hört dich: Der Browser lässt Parley nicht an das Mikrofon. Erlaube es in den Einstellungen für diese Seite, und tippe dann auf „Mikrofon an“.",
        missing:
          "Niemand hört dich: Es wurde kein Mikrofon gefunden. Schließe eins an, und tippe dann auf „Mikrofon an“.",
        "in-use":
          "Niemand hört dich: Ein anderes Programm benutzt das Mikrofon. Schließe es, und tippe dann auf „Mikrofon an“.",
        insecure:
          "Niemand hört dich: Der Browser gibt das Mikrofon nur einer sicheren Seite. Öffne Parley unter seiner https-Adresse.",
        failed:
          "Niemand hört dich: Das Mikrofon ist nicht gestartet. Tippe auf „Mikrofon an“, um es noch einmal zu versuchen.",
      },
      screen: {
        refused: "Der Bildschirm wurde nicht geteilt.",
        missing: "Es gibt nichts zu teilen.",
        "in-use":
          "Der Bildschirm lässt sich gerade nicht teilen. Versuch es mit einem anderen Fenster.",
        insecure:
          "Der Browser teilt den Bildschirm nur von einer sicheren Seite aus. Öffne Parley unter seiner https-Adresse.",
        failed: "Der Bildschirm ließ sich nicht teilen. Versuch es mit einem anderen Fenster.",
      },
    },
    lost: (/** @type {string} */ name) => `Dein Anruf mit ${name} ist noch offen.`,
  },

  gear: {
    title: "Kamera und Mikrofon",
    camera: "Kamera",
    microphone: "Mikrofon",
    speaker: "Lautsprecher",
    automatic: "Wie am Gerät eingestellt",
    numbered: {
      camera: (/** @type {number} */ n) => `Kamera ${n}`,
      microphone: (/** @type {number} */ n) => `Mikrofon ${n}`,
      speaker: (/** @type {number} */ n) => `Lautsprecher ${n}`,
    },
    none: {
      camera: "Keine Kamera gefunden",
      microphone: "Kein Mikrofon gefunden",
      speaker: "Das Gerät wählt, woher der Ton kommt",
    },
    level: "Wie laut du bist",
    chime: "Testen",
    hear: "Lautsprecher testen",
    cameraIsOff: "Deine Kamera ist aus",
    opening: "Kamera und Mikrofon starten …",

    muted: "Dein Mikrofon ist aus: Niemand hört, was du sagst.",
    swaps: {
      camera: {
        replaced: (/** @type {string} */ label) =>
          `Die Kamera ist weg. Du bist jetzt zu sehen über: ${label}`,
        returned: (/** @type {string} */ label) => `Deine Kamera ist wieder da: ${label}`,
        gone: () => "Die Kamera ist weg. Der Anruf geht mit Ton weiter.",
        kept: (/** @type {string} */ label) =>
          `Diese Kamera ist nicht gestartet. Weiter in Gebrauch: ${label}`,
      },
      microphone: {
        replaced: (/** @type {string} */ label) =>
          `Das Mikrofon ist weg. Du bist jetzt zu hören über: ${label}`,
        returned: (/** @type {string} */ label) => `Dein Mikrofon ist wieder da: ${label}`,
        gone: () =>
          "Das Mikrofon ist weg: Niemand hört dich. Schließe eins an, um gehört zu werden.",
        kept: (/** @type {string} */ label) =>
          `Dieses Mikrofon ist nicht gestartet. Weiter in Gebrauch: ${label}`,
      },
      speaker: {
        replaced: (/** @type {string} */ label) => `Der Ton kommt aus: ${label}`,
        returned: (/** @type {string} */ label) =>
          `Der Ton kommt wieder aus deinem Lautsprecher: ${label}`,
        gone: (/** @type {string} */ label) =>
          `Der Lautsprecher ist weg: ${label}. Der Ton kommt aus einem anderen.`,
        kept: (/** @type {string} */ label) => `Weiter in Gebrauch: ${label}`,
      },
    },

    look: "Erst Kamera und Mikrofon prüfen",
    join: "Jetzt dazukommen",
    ring: "Bei allen klingeln",
    open: "Leise öffnen",

    test: "Kamera und Mikrofon testen",
    testHint: "Sieh und hör dich selbst, bevor es andere tun.",
    echo: "Sieh und hör dich, wie andere es tun",
    echoHint:
      "Ton und Bild gehen zum Server und kommen eine Sekunde später zurück. Niemand sonst sieht oder hört sie, und nichts wird aufbewahrt.",
    begin: "Test beginnen",
    end: "Test beenden",
    again: "Noch einmal testen",
    echoed: "Das bist du, eine Sekunde später",
    results: "So ist es gegangen",
    verdicts: {
      line: {
        waiting: "Verbindung zum Server wird aufgebaut …",
        good: (/** @type {number} */ ms) =>
          `Die Verbindung ist gut: Der Server antwortet in ${ms} ms.`,
        slow: (/** @type {number} */ ms) =>
          `Der Server antwortet langsam, in ${ms} ms. Andere hören dich vielleicht spät.`,
        lossy: (/** @type {number} */ percent) =>
          `Die Verbindung verliert unterwegs ${percent} %. Der Ton kann stocken; geh näher an das WLAN.`,
        tcp: (/** @type {number} */ ms) =>
          `Verbunden über TCP, in ${ms} ms, weil dieses Netz kein UDP durchlässt. Anrufe gehen, können aber eher stocken.`,
        failed:
          "Keine Verbindung für Anrufe. Vielleicht sperrt eine Firewall den Port des Servers dafür; frag, wer den Server betreibt.",
      },
      camera: {
        waiting: "Dein Bild ist auf dem Weg zurück …",
        good: (/** @type {number} */ width, /** @type {number} */ height) =>
          `Dein Bild kommt zurück, ${width} × ${height}.`,
        off: "Die Kamera ist aus.",
        missing: "Es gibt kein Bild: oben steht, warum.",
      },
      microphone: {
        waiting: "Sag etwas: Deine Stimme kommt eine Sekunde später zurück.",
        good: "Deine Stimme kommt zurück.",
        quiet: "Du bist sehr leise. Geh näher an das Mikrofon, oder wähle ein anderes.",
        loud: "Du bist sehr laut. Geh ein Stück vom Mikrofon weg.",
        muted: "Das Mikrofon ist aus.",
        missing: "Es gibt keinen Ton: oben steht, warum.",
      },
    },

    lines: {
      fair: (/** @type {string} */ name) => `Verbindung von ${name} ist schwach`,
      poor: (/** @type {string} */ name) => `Verbindung von ${name} ist schlecht`,
    },
    brief: { fair: "schwache Verbindung", poor: "schlechte Verbindung" },
    ownLine: {
      loss: {
        fair: "Deine Verbindung verliert ein wenig von Ton und Bild.",
        poor: "Deine Verbindung verliert viel von Ton und Bild. Ohne Kamera geht es vielleicht besser.",
      },
      delay: {
        fair: "Deine Verbindung ist langsam: Andere hören dich etwas später.",
        poor: "Deine Verbindung ist sehr langsam: Andere hören dich spät. Ohne Kamera geht es vielleicht besser.",
      },
    },

    statistics: {
      title: "Statistik",
      copy: "Als Text kopieren",
      copied: "Kopiert.",
      waiting: "Wird gemessen …",
      path: "Weg",
      paths: {
        udp: "UDP",
        tcp: "TCP",
        relay: "über ein Relais",
        server: "zum Server",
        direct: "von Gerät zu Gerät",
      },
      roundTrip: "Hin und zurück",
      room: "Darf gesendet werden",
      sent: "Gesendet",
      received: "Empfangen",
      stream: "Strom",
      sources: {
        microphone: "Mikrofon",
        camera: "Kamera",
        screen: "Bildschirm",
        "screen-sound": "Ton des Bildschirms",
      },
      codec: "Codec",
      size: "Größe",
      frames: "Bilder/s",
      rate: "kbit/s",
      loss: "Verlust",
      jitter: "Schwankung",
      held: "Gebremst von",
      limits: { bandwidth: "dem Netz", cpu: "diesem Gerät", other: "etwas anderem" },
    },
  },

  gathering: {
    with: (/** @type {string} */ room) => `Anruf in ${room}`,
    rings: (/** @type {string} */ name) => `${name} ruft alle hier an`,
    ringsVideo: (/** @type {string} */ name) => `${name} ruft alle hier an, mit Video`,
    joining: "Du kommst dazu …",
    lobby: "Jemand im Anruf muss dich hereinlassen.",
    alone: "Noch ist niemand sonst da. Die anderen können jederzeit dazukommen.",
    ringsYou: (/** @type {string} */ name) => `${name} ruft dich in einen laufenden Anruf`,
    waitsYou: (/** @type {string} */ name, /** @type {string} */ room) =>
      `${name} ruft dich in einen Anruf in ${room}`,
    addHint: "Ihre Geräte klingeln.",
    addHintNew: "Ihre Geräte klingeln. Wer noch nicht im Raum ist, kommt hinein und bleibt.",
    calling: (/** @type {string} */ names) => `Es klingelt bei ${names}…`,
    callingMany: (/** @type {number} */ n) => `Es klingelt bei ${n} Personen…`,
    seats: "Wer im Anruf ist",
    you: "Du",

    raise: "Hand heben",
    lower: "Hand senken",
    cheer: "Reagieren",
    cheerWith: (/** @type {string} */ emoji) => `Mit ${emoji} reagieren`,
    people: (/** @type {number} */ n) => `Wer im Anruf ist, ${n}`,
    more: "Mehr",
    toGrid: "Alle gleich groß zeigen",
    toSpeaker: "Groß zeigen, wer spricht",
    leave: "Anruf verlassen",

    muted: "Mikrofon aus",
    hand: "Hand gehoben",
    speaking: "spricht",
    enlarge: "groß zeigen",
    keep: "groß lassen",
    release: "wieder klein zeigen",
    screenOf: (/** @type {string} */ name) => `Bildschirm von ${name}`,
    zoomHint: "Plus und Minus vergrößern und verkleinern, 0 zeigt alles.",
    youShare: "Du teilst deinen Bildschirm.",
    speaks: (/** @type {string} */ name) => `${name} spricht`,
    pages: "Seiten",
    page: (/** @type {number} */ n, /** @type {number} */ of) => `Seite ${n} von ${of}`,
    nextPage: "Nächste Seite",
    previousPage: "Vorige Seite",

    came: (/** @type {string} */ name) => `${name} ist dazugekommen`,
    went: (/** @type {string} */ name) => `${name} ist gegangen`,
    raised: (/** @type {string} */ name) => `${name} hebt die Hand`,
    knocks: (/** @type {string} */ name) => `${name} möchte herein`,

    panel: "Im Anruf",
    waiting: "Warten auf Einlass",
    admit: "Hereinlassen",
    turnAway: "Abweisen",
    options: (/** @type {string} */ name) => `Optionen für ${name}`,
    volume: (/** @type {string} */ name) => `Wie laut ${name} hier ist`,
    silence: "Stummschalten",
    putOut: "Aus dem Anruf entfernen",
    order: (/** @type {number} */ n) => `Hand gehoben, an ${n}. Stelle`,
    noCamera: "Kamera aus",
    shares: "teilt den Bildschirm",

    silenced: (/** @type {string} */ name) => `${name} hat dich stummgeschaltet.`,
    silenceAll: "Alle anderen stummschalten",
    unheard:
      "Der Server ist nicht erreichbar. Was du entschieden hast, geschieht, sobald er wieder da ist.",
    locked: "Anruf abschließen",
    lockedHint: "Niemand sonst kommt herein.",
    door: "Warteraum",
    doorHint: "Wer herein möchte, wartet, bis jemand öffnet.",
    rights: "Alle dürfen",
    right: {
      speak: "sprechen",
      show: "sich zeigen",
      share: "ihren Bildschirm teilen",
      write: "im Raum schreiben",
    },
    close: "Anruf für alle beenden",
    closeTitle: "Den Anruf für alle beenden?",
    closeText: "Alle sind sofort aus dem Anruf. Wenn nur du gehen willst, verlasse ihn.",
    again: "Wieder dazukommen",
    endings: {
      left: "Du hast den Anruf verlassen.",
      closed: "Der Anruf ist zu Ende.",
      elsewhere: "Du bist jetzt auf einem anderen deiner Geräte in diesem Anruf.",
      tab: "Dieser Anruf ist in einem anderen Tab dieses Browsers offen.",
      out: "Du wurdest aus diesem Anruf entfernt.",
      turnedAway: "Du wurdest nicht hereingelassen.",
    },

    bar: (/** @type {number} */ n) => `${n} im Anruf`,
    back: "Zurück",
    empty: "Ein Anruf läuft",
    since: (/** @type {string} */ time) => `seit ${time}`,
    join: "Dazukommen",
    joinWithCamera: "Mit Kamera dazukommen",
    isLocked: "abgeschlossen",
    isOn: "Hier läuft ein Anruf",
    isElsewhere: "auf einem anderen deiner Geräte",
    takeHere: "Hierher holen",
    stillOpen: (/** @type {string} */ room) => `Dein Anruf in ${room} ist noch offen.`,
    elsewhere: (/** @type {string} */ room) =>
      `Du bist auf einem anderen Gerät in einem Anruf in ${room}.`,
    write: "Lieber schreiben",
    waits: (/** @type {string} */ name, /** @type {string} */ room) =>
      `${name} ruft alle in ${room} an`,
    notNow: "Jetzt nicht",
    swap: "Verlassen und dazukommen",
    anew: "Noch einmal anrufen",
    begin: { voice: "Anruf beginnen", video: "Videoanruf beginnen" },
    ring: "Bei allen klingeln",
    ringHint: "Alle Geräte im Raum klingeln.",
    quiet: "Leise öffnen",
    quietHint: "Eine Zeile im Raum sagt, dass ein Anruf läuft.",
  },

  asking: {
    ask: {
      speak: "Ums Wort bitten",
      show: "Bitten, die Kamera einzuschalten",
      share: "Bitten, den Bildschirm zu teilen",
      write: "Bitten, schreiben zu dürfen",
    },
    back: {
      speak: "Du hast ums Wort gebeten. Bitte zurücknehmen",
      show: "Du möchtest die Kamera einschalten. Bitte zurücknehmen",
      share: "Du möchtest deinen Bildschirm teilen. Bitte zurücknehmen",
      write: "Du möchtest schreiben. Bitte zurücknehmen",
    },
    waits: "Du hast gebeten. Wer den Anruf leitet, kann es erlauben.",
    wants: {
      speak: (/** @type {string} */ name) => `${name} möchte sprechen`,
      show: (/** @type {string} */ name) => `${name} möchte die Kamera einschalten`,
      share: (/** @type {string} */ name) => `${name} möchte den Bildschirm teilen`,
      write: (/** @type {string} */ name) => `${name} möchte schreiben`,
    },
    title: "Bitten",
    allow: "Erlauben",
    notNow: "Jetzt nicht",
    given: {
      speak: "Du darfst jetzt sprechen. Dein Mikrofon ist noch aus.",
      show: "Du darfst jetzt deine Kamera einschalten.",
      share: "Du darfst jetzt deinen Bildschirm teilen.",
      write: "Du darfst jetzt im Raum schreiben.",
    },
    deferred: {
      speak: "Du darfst gerade nicht sprechen.",
      show: "Du darfst deine Kamera gerade nicht einschalten.",
      share: "Du darfst gerade keinen Bildschirm teilen.",
      write: "Du darfst gerade nicht schreiben.",
    },
    may: (/** @type {string} */ name) => `${name} darf`,
    hushed: "Solange der Anruf läuft, schreiben hier nur die, denen es erlaubt wurde.",
  },

  attendance: {
    title: "Anwesenheit",
    name: "Name",
    first: "Gekommen",
    last: "Gegangen",
    minutes: "Minuten",
    present: "noch da",
    people: (/** @type {number} */ n) => count(n, "Person", "Personen"),
    lasted: (/** @type {string} */ length) => `Der Anruf dauerte ${length}.`,
    lasts: (/** @type {string} */ length) => `Der Anruf dauert bisher ${length}.`,
    download: "Tabelle herunterladen",
    file: (/** @type {string} */ room, /** @type {string} */ day) => `Anwesenheit ${room} ${day}`,
    loading: "Die Tabelle kommt",
  },

  viewer: {
    label: "Foto",
    previous: "Vorheriges Foto",
    next: "Nächstes Foto",
    download: "Herunterladen",
    place: (/** @type {number} */ at, /** @type {number} */ of) => `${at} von ${of}`,
    cannotPlay: "Dieser Browser kann das Video nicht abspielen. Lade es herunter, um es anzusehen.",
  },

  gallery: {
    title: "Fotos, Videos und Dateien",
    media: "Medien",
    files: "Dateien",
    noMedia: "Noch keine Fotos oder Videos",
    noFiles: "Noch keine Dateien",
    hint: "Was in dieser Unterhaltung gesendet wird, sammelt sich hier.",
    loading: "Wird geladen",
    failed: "Das konnte nicht geladen werden.",
  },

  share: {
    title: "Senden an",
    text: "Wähle eine Unterhaltung. Vor dem Senden lässt sich noch alles ändern.",
    gone: "Es ist nichts mehr zu senden.",
  },

  storage: {
    title: "Speicher",
    used: (/** @type {string} */ used) => `Deine Dateien belegen ${used}.`,
    of: (/** @type {string} */ used, /** @type {string} */ quota) =>
      `Du belegst ${used} von ${quota}.`,
    hint: "Eine Datei verschwindet, wenn die letzte Nachricht gelöscht wird, in der sie steht.",
  },

  profile: {
    title: "Profil",
    name: "Dein Name",
    about: "Über dich",
    aboutHint: "Ein Satz, den andere auf deiner Karte sehen.",
    picture: "Bild ändern",
    removePicture: "Bild entfernen",
    saved: "Gespeichert.",
    uploading: (/** @type {number} */ percent) => `Dein Bild wird gesendet, ${percent} %`,
  },

  settings: {
    title: "Einstellungen",
    look: "Aussehen",
    themes: { system: "System", light: "Hell", dark: "Dunkel" },
    sounds: "Töne",
    sound: "Ton bei neuen Nachrichten",
    ringing: "Klingeln bei Anrufen, und Töne währenddessen",
    notices: "Benachrichtigungen",
    notify: "Bei neuen Nachrichten benachrichtigen",
    notifyHow:
      "Zähler, Töne und Klingeln gibt es, solange Parley offen ist. Schalte dies ein, damit du es erfährst, wenn du woanders hinsiehst.",
    push: {
      subscribed:
        "Dieses Gerät erfährt es auch, wenn Parley zu ist. Was gesendet wird, ist nur für dieses Gerät verschlüsselt.",
      open: "Du erfährst es, solange Parley offen ist, auch im Hintergrund.",
      unreachable:
        "Dieser Server erreicht die Push-Dienste des Internets nicht. Benachrichtigungen kommen deshalb nur, solange Parley offen ist.",
      lacks: {
        unsupported:
          "Dieser Browser lässt sich nicht wecken. Benachrichtigungen kommen deshalb nur, solange Parley offen ist.",
        "home-screen":
          "Auf einem iPhone lege Parley zuerst auf den Home-Bildschirm. Dann erfährst du es auch, wenn es zu ist.",
        "no-service":
          "Dieser Browser erreicht gerade keinen Push-Dienst. Benachrichtigungen kommen deshalb nur, solange Parley offen ist. Für mehr braucht es das Internet.",
      },
      previews: "Zeigen, wer was geschrieben hat",
      previewsHow: "Aus: Was an deine Geräte geschickt wird, sagt nur, dass etwas gekommen ist.",
      trying: "Wird gesendet …",
      shownHere: "Von dieser Seite gezeigt. Es ging nicht durch einen Push-Dienst.",
      outcomes: {
        sent: "Der Push-Dienst hat es angenommen. Es sollte gleich erscheinen.",
        gone: "Der Push-Dienst kennt diesen Browser nicht mehr. Schalte Benachrichtigungen aus und wieder ein.",
        later: "Der Push-Dienst bittet zu warten. Versuch es in einer Minute noch einmal.",
        unreachable:
          "Dieser Server erreicht den Push-Dienst nicht. Benachrichtigungen kommen nur, solange Parley offen ist.",
        refused:
          "Der Push-Dienst hat es nicht angenommen. Schalte Benachrichtigungen aus und wieder ein.",
      },
    },
    notifyBlocked:
      "Benachrichtigungen sind blockiert. Erlaube sie für diese Seite in den Einstellungen des Browsers.",
    notifyNeedsTrust:
      "Benachrichtigungen brauchen die sichere Seite. Installiere zuerst das Zertifikat.",
    test: "Probe-Benachrichtigung senden",
    devices: "Deine Geräte",
    here: "Dieses Gerät",
    since: (/** @type {string} */ day) => `Hinzugefügt: ${day}`,
    signOutDevice: (/** @type {string} */ name) => `${name} abmelden`,
    signOutDeviceText:
      "Es wird sofort abgemeldet, und was darauf gespeichert war, wird beim nächsten Öffnen entfernt.",
    signOut: "Abmelden",
    signOutTitle: "Dieses Gerät abmelden?",
    signOutText:
      "Was dieses Gerät gespeichert hat, wird entfernt. Deine Nachrichten bleiben auf dem Server.",
    signOutWaiting: (/** @type {number} */ n) =>
      `${count(n, "Nachricht wurde", "Nachrichten wurden")} noch nicht gesendet und ${n === 1 ? "geht" : "gehen"} verloren.`,
    about: "Über Parley",
    aboutText:
      "Deine Nachrichten, Dateien und Anrufe bleiben zwischen euren Geräten und dem Computer, auf dem Parley läuft.",
    edit: "Profil bearbeiten",
    language: "Sprache",
    languageSystem: "System",
    languageMissing:
      "Diese Sprache konnte nicht geladen werden. Sie kommt, sobald es eine Verbindung gibt.",
    version: (/** @type {string} */ version) => `Version ${version}.`,
    activeNow: "gerade aktiv",
    renameDevice: (/** @type {string} */ name) => `${name} umbenennen`,
    renameTitle: "Dieses Gerät umbenennen",
    deviceName: "Name des Geräts",
    addDevice: "Gerät hinzufügen",
  },

  invite: {
    title: "Leute einladen",
    hint: "Sie scannen diesen Code mit der Kamera ihres Handys, tippen einen Namen ein und sind da.",
    qr: "QR-Code mit der Einladung",
    copy: "Link kopieren",
    copied: "Kopiert.",
    share: "Link teilen",
    until: (/** @type {string} */ day) => `Gilt bis ${day}, für so viele Leute, wie du magst.`,
    one: "Ein Link für eine Person",
    many: "Ein Code für viele",
    oneUntil: (/** @type {string} */ day) => `Gilt einmal, bis ${day}.`,
    loading: "Einladung wird gemacht …",
  },

  connection: {
    connecting: "Verbinde …",
    offline: "Keine Verbindung. Was du schreibst, wird später gesendet.",
    now: "Jetzt versuchen",
    why: "Warum?",
    noNetwork: "Dieses Gerät ist in keinem Netz. Schalte das WLAN ein oder geh näher heran.",
    noAnswer:
      "Der Rechner, auf dem Parley läuft, antwortet nicht. Vielleicht ist er aus oder schläft; oder dieses Gerät ist in einem anderen Netz als er, oder ein Gast-WLAN, ein VPN oder eine Firewall trennt die beiden.",
  },

  update: {
    ready: "Eine neue Version ist bereit.",
    reload: "Neu laden",
    inCall: "Sie kann nach dem Anruf geladen werden.",
  },

  install: {
    title: "Parley zur Hand haben",
    text: "Installiere es, dann öffnet es sich vom Startbildschirm wie jede andere App.",
    button: "Installieren",
    ios: "Tippe in Safari auf „Teilen“ und dann auf „Zum Home-Bildschirm“.",
    later: "Nicht jetzt",
  },

  notice: {
    message: "Neue Nachricht",
    voice: "Sprachnachricht",
    gone: "Nachricht gelöscht",
    ring: "Eingehender Anruf",
    ringVideo: "Eingehender Videoanruf",
    missed: "Verpasster Anruf",
    over: "Der Anruf ist vorbei",
    test: "So wird eine Nachricht aussehen.",
  },

  failures: {
    lost: "Gerade gibt es keine Verbindung zum Server.",
    internal: "Etwas ist schiefgegangen. Versuch es noch einmal.",
    unkept:
      "Die Seite endete, bevor die Dateien dieser Nachricht gesichert waren. Hänge sie noch einmal an; der Text ist noch da.",
    unreadable:
      "Eine Datei dieser Nachricht lässt sich nicht mehr lesen: Sie wurde geändert, verschoben oder gelöscht. Hänge sie noch einmal an.",
  },

  waitingByCode: {
    how: (/** @type {string} */ name) =>
      `Dein anderes Gerät zeigt dieselbe Zahl. Sag dort Ja, dann gehört auch dieses zu ${name}.`,
    refused: "Das wurde auf dem anderen Gerät abgelehnt.",
    expired: "Niemand hat rechtzeitig Ja gesagt. Lass dein anderes Gerät einen neuen Code zeigen.",
    back: "Zurück",
  },

  codeEntry: {
    label: "Code",
    how: "Öffne auf dem Gerät, das du schon benutzt, die Einstellungen und dort „Gerät hinzufügen“. Es zeigt acht Buchstaben und Ziffern.",
    go: "Weiter",
    busy: "Einen Moment …",
  },

  exports: {
    title: "Nimm deine Unterhaltungen mit",
    hint: "Ein Archiv mit einer Seite für jede Unterhaltung, die jeder Browser auch ohne Parley öffnet.",
    files: "Mit Fotos und Dateien",
    all: "Meine Unterhaltungen exportieren",
    one: "Diese Unterhaltung exportieren",
  },

  blocks: {
    block: "Blockieren",
    unblock: "Nicht mehr blockieren",
    unblockName: (/** @type {string} */ name) => `${name} nicht mehr blockieren`,
    title: (/** @type {string} */ name) => `${name} blockieren?`,
    text: (/** @type {string} */ name) =>
      `${name} kann dir nicht mehr schreiben und dich nicht mehr anrufen, sieht auch nicht, ob du hier bist, und erfährt davon nichts. In Räumen sind die Nachrichten für dich eingeklappt. Was geschrieben wurde, bleibt.`,
    isBlocked: (/** @type {string} */ name) =>
      `Du hast ${name} blockiert: Ihr könnt einander nicht schreiben oder anrufen, und ob du hier bist, bleibt verborgen.`,
    closed: (/** @type {string} */ name) => `Du hast ${name} blockiert.`,
    message: "Nachricht von jemandem, den du blockiert hast.",
    show: "Anzeigen",
    people: "Blockierte Leute",
  },

  status: {
    title: "Dein Status",
    dots: { online: "online", idle: "nicht am Gerät", away: "abwesend", busy: "beschäftigt" },
    kinds: { available: "Erreichbar", away: "Abwesend", busy: "Beschäftigt" },
    kind: "Wie es gerade ist",
    busyHint:
      "Solange du beschäftigt bist, macht diese Seite keine Töne und zeigt keine Benachrichtigungen.",
    text: "In wenigen Worten",
    placeholder: "Was andere wissen sollen",
    ideas: "Vorschläge",
    idea: ["🍽️ Beim Essen", "📚 Am Lernen", "🚶 Unterwegs", "🌴 Im Urlaub", "😴 Am Schlafen"],
    ends: "Endet",
    ending: {
      never: "Wenn ich ihn ändere",
      half: "In 30 Minuten",
      hour: "In 1 Stunde",
      today: "Heute um Mitternacht",
      at: "Zu einer Uhrzeit",
    },
    at: "Endet um",
    clear: "Status löschen",
    change: "Status setzen",
    until: (/** @type {string} */ when) => `bis ${when}`,
    past: "Bitte wähle eine Zeit, die noch kommt.",
  },

  pairing: {
    title: "Gerät hinzufügen",
    hint: "Scanne diesen Code mit der Kamera des neuen Geräts.",
    qr: "QR-Code für das neue Gerät",
    typed: "Keine Kamera? Öffne dort Parley, wähle „Ich habe einen Code“, und gib ein:",
    left: (/** @type {string} */ time) => `Gilt einmal, noch ${time}.`,
    again: "Neuen Code zeigen",
    ends: {
      shown: "",
      over: "Dieser Code gilt nicht mehr.",
      wrong: "Jemand hat diesen Code fünfmal falsch eingegeben, deshalb gilt er nicht mehr.",
      used: "Ein Gerät möchte herein. Sag hier Ja oder Nein dazu.",
    },
    added: (/** @type {string} */ device) => `${device} ist jetzt angemeldet.`,
    done: "Fertig",
    loading: "Code wird gemacht …",
  },

  attention: {
    title: "Benachrichtigungen",
    levels: { all: "Alle Nachrichten", mentions: "Erwähnungen", none: "Nichts" },
    loud: "Nicht stumm",
    mute: "Stummschalten",
    unmute: "Nicht mehr stumm",
    muteTitle: "Diese Unterhaltung stummschalten?",
    muteHint:
      "Nachrichten kommen weiter an und werden grau gezählt. Niemand sonst erfährt davon, und Anrufe klingeln weiter.",
    spans: {
      hour: "Für 1 Stunde",
      eight: "Für 8 Stunden",
      week: "Für 1 Woche",
      forGood: "Bis ich es wieder ändere",
    },
    mutedUntil: (/** @type {string} */ day, /** @type {string} */ time) =>
      `Stumm bis ${day}, ${time}`,
    mutedForGood: "Stumm, bis du es wieder änderst",
    muted: "Stumm",
  },

  rooms: {
    everyone: "Alle",
    everyoneTopic: "Alle, die mitmachen, sind hier.",
    room: "Raum",
    members: (/** @type {number} */ n) => count(n, "Person", "Personen"),
    writing: (/** @type {string} */ names) => `Schreibt gerade: ${names} …`,
    and: (/** @type {string} */ one, /** @type {string} */ other) => `${one} und ${other}`,
    severalWriting: (/** @type {number} */ n) =>
      `${count(n, "Person schreibt", "Personen schreiben")} …`,
    onlyLeaders: "Hier schreiben nur Leitung und Moderation.",
    onlyHosts: "Hier schreibt nur der Host.",
    quiet: "Hier wurde noch nichts gesagt.",
    say: "Schreib unten die erste Nachricht.",

    outOf: (/** @type {string} */ name) => `Du bist nicht mehr in ${name || "diesem Raum"}.`,
    outOfHint:
      "Was dort gesagt wird, erreicht dich nicht mehr, und auf diesem Gerät ist es gelöscht.",
    notThere: "Diesen Raum gibt es nicht, oder du bist nicht darin.",
    notThereHint: "Bitte jemanden, der darin ist, dich hinzuzufügen.",
    barred: "Du wurdest aus diesem Raum entfernt. Die Leitung kann dich wieder hinzufügen.",
    backToChats: "Zurück zu den Chats",

    start: "Neuer Raum",
    find: "Räume finden",
    menu: "Räume",
    make: "Raum anlegen",
    making: "Raum wird angelegt …",
    title: "Name des Raums",
    titleHint: "Eine Familie, eine Klasse, ein Projekt …",
    topic: "Worum es geht",
    picture: "Bild des Raums",
    choosePicture: "Bild auswählen",
    removePicture: "Bild entfernen",
    who: "Wer ist dabei?",
    chosen: (/** @type {number} */ n) => `${count(n, "Person", "Personen")} ausgewählt`,
    search: "Leute suchen",
    nobody: "Noch macht niemand sonst mit. Du kannst später Leute hinzufügen.",
    next: "Weiter",

    rules: "Regeln",
    isPublic: "Alle im Haus können ihn finden und beitreten",
    isPublicHint: "Sonst muss jemand, der darin ist, Leute hinzufügen.",
    announcements: "Nur für Ankündigungen",
    announcementsHint: "Leitung und Moderation schreiben, die anderen lesen.",
    history: "Wer später kommt, sieht alles, was vorher gesagt wurde",
    historyHint: "Sonst nur, was von da an gesagt wird.",

    findLabel: "Öffentliche Räume",
    findHint: "Räume, denen alle im Haus beitreten dürfen.",
    findNone: "Es gibt noch keinen öffentlichen Raum.",
    findNoMatch: (/** @type {string} */ query) =>
      `In keinem öffentlichen Raum geht es um „${query}“.`,
    join: "Beitreten",
    joinRoom: (/** @type {string} */ name) => `${name} beitreten`,
    open: "Öffnen",
    openRoom: (/** @type {string} */ name) => `${name} öffnen`,
    more: "Mehr anzeigen",

    edit: "Raum bearbeiten",
    saved: "Gespeichert.",
    uploading: (/** @type {number} */ percent) => `Wird hochgeladen, ${percent} %`,
    noTopic: "Noch kein Thema.",
    link: "Link zu diesem Raum kopieren",
    linkCopied: "Der Link ist kopiert. Er öffnet sich für alle im Haus, die beitreten dürfen.",
    add: "Leute hinzufügen",
    addChosen: (/** @type {number} */ n) => `${count(n, "Person", "Personen")} hinzufügen`,
    allThere: "Alle sind schon in diesem Raum.",
    you: "Du",
    roles: { owner: "Leitung", moderator: "Moderation", member: "Mitglied", host: "Host" },
    options: (/** @type {string} */ name) => `Optionen für ${name}`,
    write: "Nachricht schreiben",
    makeModerator: "Moderation geben",
    makeMember: "Moderation nehmen",
    makeOwner: "Raum übergeben",
    makeOwnerTitle: (/** @type {string} */ name) => `Den Raum an ${name} übergeben?`,
    makeOwnerText: "Diese Person hat dann die Leitung, und du bleibst in der Moderation.",
    remove: "Aus dem Raum entfernen",
    removeTitle: (/** @type {string} */ name) => `${name} aus dem Raum entfernen?`,
    removeText:
      "Nichts, was hier gesagt wird, erreicht diese Person mehr, und was gesagt wurde, ist für sie gelöscht.",
    leave: "Raum verlassen",
    leaveTitle: (/** @type {string} */ name) => `${name} verlassen?`,
    leaveText:
      "Was dort gesagt wird, erreicht dich nicht mehr, und auf deinen Geräten ist es gelöscht.",
    leaveOwner:
      "Der Raum geht an jemanden aus der Moderation, oder an die Person, die am längsten da ist.",
    leaveLast: "Du bist allein darin: Danach kann niemand mehr zurück.",

    setting: "Der Raum „Alle“",
    settingHint: "Alle im Haus sind vom ersten Moment an darin. Ausgeschaltet sieht ihn niemand.",

    notice: {
      created: (/** @type {string} */ by) => `${by} hat diesen Raum angelegt`,
      createdByMe: "Du hast diesen Raum angelegt",
      everyone: "Alle im Haus sind in diesem Raum",
      joined: (/** @type {string} */ by) => `${by} ist beigetreten`,
      joinedMe: "Du bist beigetreten",
      added: (/** @type {string} */ by, /** @type {string} */ whom) =>
        `${by} hat ${whom} hinzugefügt`,
      addedByMe: (/** @type {string} */ whom) => `Du hast ${whom} hinzugefügt`,
      addedMe: (/** @type {string} */ by) => `${by} hat dich hinzugefügt`,
      left: (/** @type {string} */ by) => `${by} ist gegangen`,
      leftMe: "Du bist gegangen",
      removed: (/** @type {string} */ by, /** @type {string} */ whom) =>
        `${by} hat ${whom} entfernt`,
      removedByMe: (/** @type {string} */ whom) => `Du hast ${whom} entfernt`,
      removedMe: (/** @type {string} */ by) => `${by} hat dich entfernt`,
      gone: (/** @type {string} */ whom) => `${whom} ist nicht mehr hier`,
      call: (/** @type {string} */ by) => `${by} hat einen Anruf begonnen`,
      callByMe: "Du hast einen Anruf begonnen",
      videoCall: (/** @type {string} */ by) => `${by} hat einen Videoanruf begonnen`,
      videoCallByMe: "Du hast einen Videoanruf begonnen",
      callOver: (/** @type {string} */ length, /** @type {string} */ who) =>
        `Der Anruf ist vorbei · ${length} · ${who}`,
      callMissed: (/** @type {string} */ length, /** @type {string} */ who) =>
        `Verpasster Anruf · ${length} · ${who}`,
      andOthers: (/** @type {number} */ n) => `${n} weitere`,
      owner: (/** @type {string} */ whom) => `${whom} hat jetzt die Leitung`,
      ownerMe: "Du hast jetzt die Leitung",
      moderator: (/** @type {string} */ whom) => `${whom} ist jetzt in der Moderation`,
      moderatorMe: "Du bist jetzt in der Moderation",
      member: (/** @type {string} */ whom) => `${whom} ist nicht mehr in der Moderation`,
      memberMe: "Du bist nicht mehr in der Moderation",
      title: (/** @type {string} */ by, /** @type {string} */ title) =>
        `${by} hat den Raum „${title}“ genannt`,
      titleByMe: (/** @type {string} */ title) => `Du hast den Raum „${title}“ genannt`,
      topic: (/** @type {string} */ by, /** @type {string} */ topic) =>
        `${by} hat das Thema in „${topic}“ geändert`,
      topicByMe: (/** @type {string} */ topic) => `Du hast das Thema in „${topic}“ geändert`,
      noTopic: (/** @type {string} */ by) => `${by} hat das Thema entfernt`,
      noTopicByMe: "Du hast das Thema entfernt",
      picture: (/** @type {string} */ by) => `${by} hat das Bild geändert`,
      pictureByMe: "Du hast das Bild geändert",
      rules: (/** @type {string} */ by) => `${by} hat die Regeln des Raums geändert`,
      rulesByMe: "Du hast die Regeln des Raums geändert",
      everyoneOn: "Der Raum wurde eingeschaltet",
    },
  },

  crop: {
    title: "Wähle dein Bild",
    square: "Der Teil, den andere sehen",
    how: "Zieh ihn, oder nimm die Pfeiltasten.",
    zoom: "Näher oder weiter weg",
    use: "Dieses Bild nehmen",
    failed: "Dieses Bild ließ sich nicht zuschneiden. Wähle ein anderes.",
  },

  search: {
    messages: "Nachrichten",
    open: "In dieser Unterhaltung suchen",
    here: "In dieser Unterhaltung suchen",
    close: "Suche schließen",
    looking: "Suche …",
    none: "Das steht in keiner Nachricht.",
    partial: "Das ist kurz, deshalb wurden nur die neuesten 50.000 Nachrichten durchsucht.",
    notReady:
      "Der Server bereitet die Suche noch vor; einen Moment lang können Nachrichten fehlen.",
    offline:
      "Nachrichten werden auf dem Server gesucht, und gerade gibt es keine Verbindung zu ihm.",
    more: "Ältere Nachrichten",
    older: "Älterer Treffer",
    newer: "Neuerer Treffer",
    aside: "In einem Faden:",
    poll: "Umfrage:",
    count: (/** @type {string} */ all) => `${all} gefunden`,
    place: (/** @type {number} */ at, /** @type {string} */ all) => `${at} von ${all}`,
    filters: "Filter",
    from: "Von",
    anybody: "Egal wem",
    you: "Dir",
    since: "Seit",
    until: "Bis",
    hasFile: "Mit Datei",
    clearFilters: "Zurücksetzen",
    whoWhere: (/** @type {string} */ who, /** @type {string} */ where) => `${who} · ${where}`,
  },

  /** By the code of a refusal, and by code and field where that says more. */
  errors: {
    "bad-frame": "Die Seite und der Server haben sich nicht verstanden. Lade die Seite neu.",
    "bad-field": "Etwas daran stimmt nicht. Prüfe es, und versuch es dann noch einmal.",
    "bad-field about": "Das ist zu lang. Kürze es, und versuch es dann noch einmal.",
    "bad-field avatar": "Diese Datei ist kein Bild, das dieser Server lesen kann.",
    "bad-field files": "Eine Datei dieser Nachricht ist noch nicht ganz hochgeladen.",
    "bad-field text": "Eine Nachricht braucht einen Text oder eine Datei.",
    "bad-host":
      "Dieser Server kennt die Adresse nicht, die du geöffnet hast. Scanne den Code noch einmal.",
    "bad-name":
      "Dieser Name geht hier nicht. Nimm Buchstaben, Ziffern oder Emoji, höchstens 40 Zeichen.",
    "bad-origin":
      "Diese Seite darf den Server nicht benutzen. Öffne stattdessen die Adresse des Servers selbst.",
    "call-closed": "In diesen Anruf kommst du gerade nicht: Er ist geschlossen.",
    "call-lobby": "Jemand im Anruf muss dich hereinlassen.",
    "call-over": "Dieser Anruf ist vorbei.",
    expired: "Das hat zu lange gedauert oder wurde schon benutzt. Fang noch einmal an.",
    "in-a-call": "Du bist schon in einem Anruf, oder es klingelt gerade einer. Beende ihn zuerst.",
    "in-use": "Dieser Upload wird in einem anderen Tab oder auf einem anderen Gerät fortgesetzt.",
    internal: "Etwas ist schiefgegangen. Versuch es noch einmal.",
    "invitation-expired": "Diese Einladung ist abgelaufen. Bitte um eine neue.",
    "invitation-needed": "Um hier mitzumachen, brauchst du eine Einladung.",
    "invitation-spent": "Diese Einladung wurde schon benutzt. Bitte um eine neue.",
    "name-taken": "Diesen Namen hat hier schon jemand.",
    "not-allowed": "Das geht hier nicht, oder nicht für dich.",
    "not-connected": "Das ist gerade nicht verbunden. Versuch es noch einmal.",
    "not-found": "Das gibt es hier nicht, oder nicht mehr.",
    "not-read": "Der Server konnte das nicht lesen. Versuch es gleich noch einmal.",
    "not-saved": "Der Server konnte das nicht speichern. Versuch es gleich noch einmal.",
    "This server of the house has lost touch with the others. Please try again in a moment.":
      "Dieser Server des Hauses hat die Verbindung zu den anderen verloren. Versuch es gleich noch einmal.",
    "signed-out": "Dieses Gerät wurde abgemeldet. Melde dich noch einmal an.",
    "slow-down": "Das war zu oft. Warte ein wenig, und versuch es dann noch einmal.",
    "too-big": "Das ist zu groß für diesen Server.",
    "too-many":
      "Es läuft zu viel auf einmal. Warte, bis etwas davon fertig ist, und versuch es dann noch einmal.",
    "unknown-command": "Das kennt der Server noch nicht. Lade die Seite neu.",
    "wrong-offset": "Der Upload passte nicht zusammen. Sende die Datei noch einmal.",
    "wrong-type": "Diese Art von Inhalt nimmt der Server nicht.",
    "wrong-version": "Die Seite ist älter als der Server. Lade sie neu.",
    "over-quota":
      "Deine Dateien haben ihren Platz auf diesem Server aufgebraucht. Lösche alte, und versuch es dann noch einmal.",
    "stands-already": "Das ist schon so.",
    "wrong-checksum": "Beim Hochladen kam etwas falsch an. Sende die Datei noch einmal.",

    // By the server's own sentence, where the code alone would say too little; # is a number
    "A call between two people rings; only a room has one to join.":
      "Ein Anruf zwischen zweien klingelt; beitreten kann man nur in einem Raum.",
    "A call is between two people: start it in the conversation with one person.":
      "Ein Anruf ist zwischen zweien: Beginne ihn in der Unterhaltung mit einer Person.",
    "Everybody of the house is in this room, and may read all of it.":
      "Alle im Haus sind in diesem Raum und dürfen alles lesen.",
    "Everybody of the house is in this room. Mute it if it is too much.":
      "Alle im Haus sind in diesem Raum. Schalte ihn stumm, wenn er dir zu viel wird.",
    "Only the owner of this room may do that.": "Das darf nur die Leitung dieses Raums.",
    "Only the owner and the moderators of this room may do that.":
      "Das dürfen nur die Leitung und die Moderation dieses Raums.",
    "In this room only its owner and moderators write.":
      "In diesem Raum schreiben nur die Leitung und die Moderation.",
    "It is there already.": "Den gibt es schon.",
    "Only the host may change the room of the whole house.":
      "Den Raum des ganzen Hauses darf nur der Host ändern.",
    "Only the host may invite people.": "Einladen darf nur der Host.",
    "Only the host may remove a person.": "Entfernen darf nur der Host.",
    "The host cannot be removed.": "Der Host kann nicht entfernt werden.",
    "That is how this call is already.": "So ist dieser Anruf schon.",
    "That is how this room is already.": "So ist dieser Raum schon.",
    "That was refused on the other device.": "Das wurde auf dem anderen Gerät abgelehnt.",
    "That was refused on the other device. Please try again in ten minutes.":
      "Das wurde auf dem anderen Gerät abgelehnt. Versuch es in zehn Minuten noch einmal.",
    "Nobody who may let you in is in the call right now.":
      "Von denen, die dich hereinlassen dürfen, ist gerade niemand im Anruf.",
    "The call has not been answered yet.": "Der Anruf wurde noch nicht angenommen.",
    "The other device is not connected right now.": "Das andere Gerät ist gerade nicht verbunden.",
    "The server cannot pass on sound and pictures right now.":
      "Der Server kann Ton und Bild gerade nicht weitergeben.",
    "The servers of this house do not hear each other just now. Please try again.":
      "Die Server dieses Hauses hören einander gerade nicht. Versuch es noch einmal.",
    "This server has nothing that could carry the call right now.":
      "Dieser Server hat gerade nichts, worüber der Anruf laufen könnte.",
    "This file has been sent. Delete the message it is in.":
      "Diese Datei ist gesendet. Lösche die Nachricht, in der sie ist.",
    "This is your own call; the other person answers it.":
      "Das ist dein eigener Anruf; annehmen muss ihn die andere Person.",
    "Who began the call may end it for all, and the owner and moderators of the room.":
      "Für alle beenden darf ihn nur, wer ihn begonnen hat, und die Leitung und Moderation des Raums.",
    "You are in this room already.": "Du bist schon in diesem Raum.",
    "They are in another call. Try again later.":
      "Diese Person ist in einem anderen Anruf. Versuch es später noch einmal.",
    "They are in this room already.": "Diese Person ist schon in diesem Raum.",
    "They have that role already.": "Diese Rolle hat die Person schon.",
    "You were removed from this room. Ask its owner to add you again.":
      "Du wurdest aus diesem Raum entfernt. Bitte die Leitung, dich wieder hinzuzufügen.",
    "Nobody can write in that conversation.": "In dieser Unterhaltung kann niemand schreiben.",
    "That is not a room.": "Das ist kein Raum.",
    "There is nothing to hear of that conversation.":
      "Von dieser Unterhaltung gibt es nichts zu hören.",
    "This person cannot be reached here.": "Diese Person ist hier nicht zu erreichen.",
    "This person has been removed and can no longer be reached.":
      "Diese Person wurde entfernt und ist nicht mehr zu erreichen.",
    "You blocked this person. Unblock them first.":
      "Du hast diese Person blockiert. Heb das zuerst auf.",
    "A poll stays where it was asked.": "Eine Umfrage bleibt, wo sie gestellt wurde.",
    "Only the owner may put out a moderator, and nobody the owner.":
      "Aus der Moderation nimmt nur die Leitung jemanden hinaus, und die Leitung niemand.",
    "Only the owner may remove a moderator, and nobody the owner.":
      "Aus der Moderation entfernt nur die Leitung jemanden, und die Leitung niemand.",
    "Only who asked can close a poll.": "Eine Umfrage schließt nur, wer sie gestellt hat.",
    "Only who wrote a message can ask who has read it.":
      "Wer eine Nachricht gelesen hat, erfährt nur die Person, die sie geschrieben hat.",
    "Only who wrote a message can delete it.":
      "Eine Nachricht löscht nur, wer sie geschrieben hat.",
    "Only who wrote a message can edit it.":
      "Eine Nachricht bearbeitet nur, wer sie geschrieben hat.",
    "That is said in a thread already: answer there.":
      "Das steht schon in einem Thread: Antworte dort.",
    "That is said in a thread already: follow that one.":
      "Das steht schon in einem Thread: Folge diesem.",
    "This poll is closed.": "Diese Umfrage ist geschlossen.",
    "What was forwarded, and a question with votes, stay as they are.":
      "Weitergeleitetes, und eine Frage, über die schon abgestimmt wurde, bleiben, wie sie sind.",
    "Somebody is already asking to be let in by that name. Please try in ten minutes.":
      "Unter diesem Namen bittet schon jemand um Einlass. Versuch es in zehn Minuten.",
    "This device has too many connections open. Close a tab and try again.":
      "Dieses Gerät hat zu viele Verbindungen offen. Schließ einen Tab, und versuch es noch einmal.",
    "While this call is on, only those write here who were allowed to.":
      "Solange der Anruf läuft, schreiben hier nur die, denen es erlaubt wurde.",
    "You made a room ring # times. Wait # min, or start it without ringing.":
      "Du hast # Mal einen Raum klingeln lassen. Warte # Min., oder beginne ohne Klingeln.",
    "You made a room ring # times. Wait # min, then add them.":
      "Du hast # Mal einen Raum klingeln lassen. Warte # Min., dann füge sie hinzu.",
    "You are calling many people already. Wait until they answer.":
      "Du rufst schon viele Leute an. Warte, bis sie antworten.",
    "You made a room ring # times. Wait # min, then call them.":
      "Du hast # Mal einen Raum klingeln lassen. Warte # Min., dann ruf sie.",
    "# people are named in this call. Change what holds for all of them.":
      "In diesem Anruf stehen # Leute mit Namen. Ändere, was für alle gilt.",
    "A call rings for # people at most. Start it without ringing.":
      "Ein Anruf klingelt bei höchstens # Personen. Beginne ihn ohne Klingeln.",
    "This call is full: it holds # people.": "Dieser Anruf ist voll: Es passen # Personen hinein.",
    "This room is full: it holds # people.": "Dieser Raum ist voll: Es passen # Personen hinein.",
    "A room holds # people.": "In einen Raum passen # Personen.",
    "# people have been in this call. Start another one.":
      "In diesem Anruf waren schon # Personen. Beginne einen neuen.",
    "# uploads are unfinished. Finish or cancel some of them first.":
      "# Uploads sind noch nicht fertig. Beende oder verwirf zuerst einige davon.",
    "You can put # different emoji under one message.":
      "Du kannst # verschiedene Emoji unter eine Nachricht setzen.",
    "# different emoji are here; choose one of them.":
      "Hier sind schon # verschiedene Emoji; nimm eines davon.",
    "# messages are pinned here; let one of them go first.":
      "Hier sind schon # Nachrichten angeheftet; löse zuerst eine davon.",
    "You have blocked # people. Unblock somebody first.":
      "Du hast # Personen blockiert. Heb das zuerst bei jemandem auf.",
    "A room has at most # moderators.": "In der Moderation eines Raums sind höchstens # Personen.",
    "A message can be edited # times.": "Eine Nachricht kann man #-mal bearbeiten.",
    "That code is not right. Compare it with what your other device shows.":
      "Dieser Code stimmt nicht. Vergleiche ihn mit dem, was dein anderes Gerät zeigt.",
    "That code was typed wrong five times, so it ended. Let your other device show a new one.":
      "Dieser Code wurde fünfmal falsch eingegeben, deshalb gilt er nicht mehr. Lass dein anderes Gerät einen neuen zeigen.",
    "That code is no longer good. Let your other device show a new one.":
      "Dieser Code gilt nicht mehr. Lass dein anderes Gerät einen neuen zeigen.",
    "The server's disk has no room for this file. Ask the host to make room.":
      "Auf der Platte des Servers ist kein Platz für diese Datei. Bitte den Host, Platz zu schaffen.",
    "The bytes of this file are missing on the server. The host may have a backup.":
      "Der Inhalt dieser Datei fehlt auf dem Server. Vielleicht hat der Host eine Sicherung.",
    "A message needs some text. To take it back, delete it.":
      "Eine Nachricht braucht einen Text. Um sie zurückzunehmen, lösche sie.",
    "What is forwarded is sent as it is; say more in another message.":
      "Weitergeleitet wird, wie es ist; mehr sagst du in einer weiteren Nachricht.",
    "A poll needs a question, and options that differ.":
      "Eine Umfrage braucht eine Frage und Antworten, die sich unterscheiden.",
    "In this poll one chooses a single option.": "In dieser Umfrage wählt man nur eine Antwort.",
    "Please choose a time that is still to come, within a year.":
      "Wähle eine Zeit, die noch kommt, innerhalb eines Jahres.",
    "You cannot block yourself.": "Dich selbst kannst du nicht blockieren.",
  },
};
