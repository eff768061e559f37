/** Spanish: tú, calm, plain words, for both sides of the ocean. */

import { counting } from "./plural.js";

const counted = counting("es");
const count = (/** @type {number} */ n, /** @type {string} */ one, /** @type {string} */ other) =>
  counted(n, { one, other });

export const catalogue = {
  language: "es",
  name: "Parley",
  somebody: "Alguien",
  cancel: "Cancelar",
  close: "Cerrar",
  back: "Atrás",
  save: "Guardar",
  tryAgain: "Volver a intentarlo",

  time: { today: "Hoy", yesterday: "Ayer" },

  tabs: { label: "Secciones", chats: "Chats", people: "Gente", settings: "Ajustes" },

  sides: {
    chats: "Chats",
    people: "Toda la gente",
    settings: "Ajustes",
    profile: "Perfil",
    "new-room": "Sala nueva",
    rooms: "Salas públicas",
  },

  join: {
    welcome: "Chat y llamadas para la gente que te rodea.",
    name: "Tu nombre",
    hint: "Así te verán los demás.",
    button: "Entrar",
    signedOut: "Se cerró la sesión de este dispositivo.",
    joining: "Entrando…",
    needsInvitation: "Necesitas una invitación",
    howInvited:
      "Escanea el código QR en la pantalla de quien organiza, o pide el enlace a alguien que ya esté aquí. Abre esta página con la invitación incluida.",
    taken: (/** @type {string} */ name) => `Aquí ya hay alguien con el nombre ${name}.`,
    thatsMe: "Soy yo",
    anotherName: "Elegir otro nombre",
    takenHint: "Si eres tú en un dispositivo nuevo, tu otro dispositivo puede dejarte entrar.",
    haveCode: "Tengo un código",
  },

  waiting: {
    title: "Esperando a tu otro dispositivo",
    how: "Abre Parley allí. Muestra este código y pregunta si este dispositivo puede entrar.",
    host: "¿No tienes otro? Quien organiza puede dejarte entrar desde el ordenador donde funciona Parley.",
    code: (/** @type {string} */ code) => `El código es ${code.split("").join(" ")}`,
    refused: "Se rechazó. Inténtalo de nuevo o elige otro nombre.",
    expired: "Nadie respondió a tiempo. Vuelve a pedirlo cuando tengas a mano tu otro dispositivo.",
    again: "Volver a pedirlo",
  },

  claim: {
    asks: (/** @type {string} */ device) => `${device} pide entrar`,
    how: "¿Eres tú, con este código en la pantalla? Ese dispositivo verá tus conversaciones.",
    allow: "Permitir",
    refuse: "Rechazar",
    adds: (/** @type {string} */ device) => `¿Añadir ${device}?`,
    howAdds: "¿Muestra su pantalla este mismo número? Entonces es tuyo y verá tus conversaciones.",
  },

  chats: {
    named: "Te mencionan",
    label: "Conversaciones",
    search: "Buscar",
    clear: "Borrar la búsqueda",
    others: "Aún sin escribir",
    noMatch: (/** @type {string} */ query) => `Aquí nadie se llama «${query}».`,
    none: "Aún no hay conversaciones",
    choose: "Elige a alguien y salúdale.",
    alone: "Aún no hay nadie más",
    aloneHost:
      "Invita a gente: escanean un código con el móvil, escriben un nombre y ya están aquí.",
    aloneGuest: "Cuando entren los demás, los encontrarás aquí.",
    draft: "Borrador:",
    you: "Tú:",
    writing: "escribiendo…",
    unread: (/** @type {string} */ n) => `${n} sin leer`,
    pick: "Elige una conversación",
    pickHint: "O empieza una: en Gente están todas las personas que han entrado.",
    loading: "Cargando conversaciones",
  },

  people: {
    label: "Gente",
    seenRecently: "por aquí hace poco",
    seenToday: "por aquí hoy",
    seenYesterday: "por aquí ayer",
    seenOn: (/** @type {string} */ day) => `última vez: ${day}`,
    notYetSeen: "sin conexión",
    host: "Organiza",
    write: "Escribir",
    remove: "Quitar",
    removeTitle: (/** @type {string} */ name) => `¿Quitar a ${name}?`,
    removeText: (/** @type {string} */ name) =>
      `Se cierra al momento la sesión en todos los dispositivos de ${name}, y la invitación que tenían todos deja de valer. Lo escrito se queda, y nadie más puede tomar ese nombre.`,
    gone: "Se quitó a esta persona.",
    about: "Acerca de",
  },

  messages: {
    label: "Mensajes",
    textbox: "Mensaje",
    placeholder: "Mensaje",
    send: "Enviar",
    kept: (/** @type {number} */ n) =>
      `Los mensajes se borran después de ${count(n, "día", "días")}.`,
    attach: "Adjuntar un archivo",
    voiceCall: "Llamada de voz",
    videoCall: "Videollamada",
    none: (/** @type {string} */ name) => `Saluda a ${name}`,
    noneHint: "Lo que escribes queda entre los dos y el ordenador donde funciona Parley.",
    wave: "Saludar 👋",
    older: "Cargando mensajes anteriores",
    toDay: "Ir a otro día",
    loading: "Cargando mensajes",
    notHere: "Estos mensajes aún no están en este dispositivo. Llegarán con la conexión.",
    unread: (/** @type {number} */ n) =>
      n >= 100 ? "99+ mensajes nuevos" : count(n, "mensaje nuevo", "mensajes nuevos"),
    down: (/** @type {number} */ n) =>
      n ? `Al último mensaje, ${n >= 100 ? "99+" : n} sin leer` : "Al último mensaje",
    writing: (/** @type {string} */ name) => `${name} está escribiendo`,
    menu: "Opciones del mensaje",
    copy: "Copiar",
    copyLink: "Copiar el enlace al mensaje",
    details: "Detalles",
    from: "De",
    sentAt: "Enviado",
    editedAt: "Editado",
    readBy: "Leído por",
    deliveredTo: "Entregado a",
    nowhere: "Todavía no ha llegado a nadie.",
    loadingDetails: "Cargando",
    copyCode: "Copiar el código",
    copied: "Copiado",
    retry: "Volver a enviar",
    discard: "Borrar",
    failed: "Sin enviar.",
    youWrote: "Tú",
    noteReadBy: (/** @type {string} */ names) => `Leído por ${names}`,
    noteReached: (/** @type {string} */ names) => `Entregado a ${names}`,
    tooLong: (/** @type {number} */ n) =>
      `${count(n, "carácter", "caracteres")} de más. Acorta el texto o envíalo como archivo.`,
    drop: "Suelta los archivos para enviarlos",
    removed: "Se quitó a esta persona, así que ya no puedes escribirle.",
    picture: (/** @type {string} */ name) => `Foto ${name}`,
    film: (/** @type {string} */ name) => `Vídeo ${name}`,
    downloadWord: "Descargar",
    download: (/** @type {string} */ name) => `Descargar ${name}`,
  },

  assist: {
    label: "Sugerencias",
    everyone: (/** @type {string} */ word) => `${word} · a toda la sala`,
  },

  format: {
    label: "Formato",
    bold: "Negrita",
    italic: "Cursiva",
    strike: "Tachado",
    code: "Código",
    quote: "Cita",
    list: "Lista",
  },

  emoji: {
    label: "Emojis",
    open: "Elegir un emoji",
    search: "Buscar emojis",
    loading: "Cargando los emojis",
    failed: "No se pudieron cargar los emojis. Llegan con la conexión.",
    recent: "Usados hace poco",
    results: "Encontrados",
    found: (/** @type {number} */ n) => (n ? `${n} emojis encontrados` : ""),
    none: (/** @type {string} */ query) => `Ningún emoji se llama «${query}».`,
    jump: "Ir a",
    tone: "Tono de piel",
    tones: ["Ninguno", "Claro", "Claro medio", "Medio", "Oscuro medio", "Oscuro"],
    groups: [
      "Caritas y emociones",
      "Personas y cuerpo",
      "",
      "Animales y naturaleza",
      "Comida y bebida",
      "Viajes y lugares",
      "Actividades",
      "Objetos",
      "Símbolos",
      "Banderas",
    ],
  },

  reactions: {
    label: "Reacciones",
    react: "Reaccionar",
    add: "Añadir una reacción",
    more: "Más emojis",
    who: "Quién ha reaccionado",
    showMore: "Mostrar más",
    with: (/** @type {string} */ emoji) => `Reaccionar con ${emoji}`,
    only: (/** @type {string} */ emoji, /** @type {number} */ n) => `Solo ${emoji}, ${n}`,
    others: (/** @type {number} */ n) => (n === 1 ? "otra persona" : `${n} más`),
    rest: (/** @type {number} */ n) => `${n} emojis más`,
    chip: (/** @type {string} */ emoji, /** @type {number} */ n, /** @type {string} */ names) =>
      `${emoji} ${n}: ${names}`,
  },

  threads: {
    label: "Hilo",
    close: "Cerrar el hilo",
    answer: "Responder en un hilo",
    follow: "Seguir",
    followHint: "Enterarse de las respuestas nuevas",
    none: "Nadie ha respondido todavía.",
    news: "con novedades",
    answers: (/** @type {number} */ n) => count(n, "respuesta", "respuestas"),
    newIn: (/** @type {number} */ n) =>
      n === 1 ? "Novedades en un hilo" : `Novedades en ${n} hilos`,
  },

  talk: {
    edit: "Editar",
    editing: "Editando",
    save: "Guardar",
    edited: "editado",
    versions: "Antes",
    remove: "Eliminar",
    removeTitle: "¿Eliminar este mensaje?",
    removeText: "Desaparece para todos los que están aquí. No se puede deshacer.",
    deleted: "Este mensaje fue eliminado",
    reply: "Responder",
    replying: (/** @type {string} */ name) => `Respuesta a ${name}`,
    replyingYou: "Respuesta a ti",
    cancelReply: "No responder",
    cancelEdit: "Dejar de editar",
    quoted: "Cita: ",
    photo: "Foto",
    film: "Vídeo",
    file: "Archivo",
    voice: "Mensaje de voz",
    elsewhere: "Mensaje",
    forward: "Reenviar",
    forwardTitle: "Reenviar a",
    forwardNow: (/** @type {number} */ n) => (n ? `Reenviar a ${n}` : "Reenviar"),
    forwardMost: (/** @type {number} */ n) => `Hasta ${n} a la vez.`,
    forwarded: (/** @type {string} */ name) => `Reenviado de ${name}`,
    forwardedYou: "Reenviado de ti",
  },
  pins: {
    pin: "Fijar",
    unpin: "Dejar de fijar",
    label: "Mensajes fijados",
    bar: (/** @type {number} */ at, /** @type {number} */ of) =>
      of > 1 ? `Mensaje fijado ${at} de ${of}` : "Mensaje fijado",
    all: "Todos los mensajes fijados",
    open: "Ir al mensaje",
  },

  polls: {
    make: "Nueva encuesta",
    question: "Pregunta",
    options: "Opciones",
    option: (/** @type {number} */ n) => `Opción ${n}`,
    remove: (/** @type {number} */ n) => `Quitar la opción ${n}`,
    several: "Varias respuestas",
    ask: "Preguntar",
    unfinished: "Una encuesta necesita una pregunta y al menos dos opciones distintas.",
    votes: (/** @type {number} */ n) => (n === 1 ? "1 voto" : `${n} votos`),
    noVotes: "Aún no hay votos",
    choice: (
      /** @type {string} */ option,
      /** @type {number} */ n,
      /** @type {string} */ percent,
    ) => `${option}, ${n === 1 ? "1 voto" : `${n} votos`}, ${percent}`,
    closed: "Cerrada",
    takeBack: "Retirar mi voto",
    close: "Cerrar la encuesta",
  },

  tray: {
    label: "Archivos para enviar",
    remove: (/** @type {string} */ name) => `Quitar ${name}`,
    most: (/** @type {number} */ n) =>
      `Un mensaje lleva ${n} archivos como mucho. El resto se dejó fuera.`,
    cancel: (/** @type {string} */ name) => `Cancelar ${name}`,
    sending: (/** @type {string} */ name, /** @type {number} */ percent) =>
      `Enviando ${name}, ${percent} %`,
    paused: (/** @type {string} */ name, /** @type {number} */ percent) =>
      `Enviando ${name}, en pausa al ${percent} %`,
    pauseIt: (/** @type {string} */ name) => `Pausar ${name}`,
    resume: (/** @type {string} */ name) => `Reanudar ${name}`,
    photos: "Fotos",
    smaller: "Más pequeñas",
    original: "Originales",
    place: "El lugar donde se hizo una foto se elimina en ambos casos.",
    telling: (/** @type {string} */ names) =>
      `El lugar donde se hizo puede seguir en ${names}: de este tipo de archivo no se puede eliminar.`,
  },

  voice: {
    record: "Grabar un mensaje de voz",
    recording: "Grabando",
    paused: "En pausa",
    starting: "Preparando el micrófono…",
    slide: "Desliza para cancelar",
    lock: "Desliza hacia arriba y suelta",
    cancel: "Borrar la grabación",
    pause: "Pausa",
    resume: "Seguir grabando",
    stop: "Detener",
    kept: "Grabado, todavía sin enviar",
    message: "Mensaje de voz",
    own: "Tu grabación",
    play: (/** @type {string} */ length) => `Reproducir el mensaje de voz, ${length}`,
    pausePlaying: "Pausar el mensaje de voz",
    place: "Punto del mensaje de voz",
    placeOf: (/** @type {string} */ at, /** @type {string} */ length) => `${at} de ${length}`,
    speed: (/** @type {string} */ rate) => `Velocidad ${rate}`,
    rate: (/** @type {string} */ rate) => `${rate}×`,
    fresh: "Sin escuchar",
    failed: "Ahora mismo no se puede reproducir.",
    bar: "Mensaje de voz en reproducción",
    close: "Dejar de reproducir",
    dismiss: "Cerrar el aviso",
    hints: {
      short:
        "Mantén pulsado para grabar y suelta para enviar. O toca una vez y habla con las manos libres.",
      full: "Un mensaje de voz dura 15 minutos como máximo. El tuyo queda aquí: escúchalo y envíalo.",
      refused:
        "El navegador no deja que Parley use el micrófono. Permítelo en los ajustes de esta página e inténtalo de nuevo.",
      missing: "No se ha encontrado ningún micrófono. Conecta uno e inténtalo de nuevo.",
      "in-use": "Otro programa usa el micrófono. Ciérralo allí e inténtalo de nuevo.",
      insecure:
        "El navegador solo da el micrófono a una página segura. Abre Parley en su dirección https.",
      failed: "El micrófono no ha arrancado. Inténtalo de nuevo o adjunta un archivo de sonido.",
      unsupported: "Este navegador no puede grabar. Adjunta un archivo de sonido.",
    },
  },

  states: {
    queued: "Esperando el envío",
    sending: "Enviando",
    failed: "Sin enviar",
    sent: "Enviado",
    delivered: "Entregado",
    read: "Leído",
  },

  preview: {
    picture: (/** @type {number} */ n) => (n > 1 ? `${n} fotos` : "Foto"),
    file: (/** @type {number} */ n, /** @type {string} */ name) => (n > 1 ? `${n} archivos` : name),
    voice: (/** @type {string} */ length) => `Mensaje de voz, ${length}`,
    poll: (/** @type {string} */ question) => `Encuesta: ${question}`,
  },

  calls: {
    voice: "Llamada de voz",
    video: "Videollamada",
    missed: "Llamada perdida",
    missedVideo: "Videollamada perdida",
    noAnswer: "Sin respuesta",
    declined: "Rechazada",
    cancelled: "Cancelada",
    busy: "Ocupado",
    failed: "No se pudo conectar",
    continued: "Siguió en un grupo",
    ringing: "Sonando…",
    going: "En curso",
    callBack: "Devolver la llamada",
    again: "Llamar otra vez",
  },

  call: {
    incoming: "Llamada entrante",
    with: (/** @type {string} */ name) => `Llamada con ${name}`,
    calling: (/** @type {string} */ name) => `${name} te llama`,
    incomingVoice: "Llamada de voz entrante",
    incomingVideo: "Videollamada entrante",
    accept: "Aceptar",
    acceptAudio: "Aceptar solo con audio",
    decline: "Rechazar",
    write: "Responder con un mensaje",
    asking: "Permite el micrófono en el navegador para empezar.",
    askingVideo: "Permite la cámara y el micrófono en el navegador para empezar.",
    trying: "Llamando…",
    ringing: "Sonando…",
    unreachable: "Ahora mismo no está disponible. Se sigue intentando…",
    connecting: "Conectando…",
    slow: "Aún conectando. ¿Están los dos dispositivos en la misma red?",
    reconnecting: "Reconectando…",
    you: "Tú",
    mute: "Silenciar",
    unmute: "Activar el micrófono",
    cameraOff: "Apagar la cámara",
    cameraOn: "Encender la cámara",
    flip: "Cambiar de cámara",
    share: "Compartir pantalla",
    unshare: "Dejar de compartir",
    end: "Colgar",
    addHint: "Se les llama y la llamada sigue en un grupo con todos. Nadie cuelga.",
    addNow: "Llamar",
    minimise: "Minimizar",
    restore: "Volver a la llamada",
    pip: "Imagen en imagen",
    swap: "Intercambiar las imágenes",
    corner: "Con las flechas llevas tu imagen a otra esquina.",
    hear: "Toca para oír la llamada",
    meanwhile: (/** @type {string} */ name) => `${name} te ha llamado durante esta llamada.`,
    callBack: "Colgar y devolver la llamada",
    leaveAndCallBack: "Salir y devolver la llamada",
    theyMuted: (/** @type {string} */ name) => `${name} tiene el micrófono apagado`,
    good: "La conexión es buena.",
    fair: "La conexión es débil.",
    poor: "La conexión es mala. Apagar la cámara puede ayudar.",
    elsewhere: (/** @type {string} */ name) =>
      `Estás en una llamada con ${name} en otro dispositivo.`,
    rejoin: "Volver a la llamada",
    otherTab: "La llamada está abierta en otra pestaña de este navegador.",
    endings: {
      ended: "Llamada terminada",
      declined: (/** @type {string} */ name) => `${name} rechazó la llamada.`,
      cancelled: "Llamada cancelada",
      missed: (/** @type {string} */ name) => `${name} no respondió.`,
      busy: (/** @type {string} */ name) => `${name} está en otra llamada. Inténtalo más tarde.`,
      failed:
        "Los dos dispositivos no pudieron comunicarse. Comprueba que estén en la misma red y vuelve a llamar.",
    },
    problems: {
      camera: {
        refused:
          "El navegador no deja que Parley use la cámara. Permítela en los ajustes de esta página y luego enciéndela.",
        missing: "No se encontró ninguna cámara. La llamada sigue con audio.",
        "in-use": "Otro programa usa la cámara. Ciérralo y luego enciende la cámara.",
        insecure:
          "El navegador solo da la cámara a una página segura. Abre Parley en su dirección https.",
        failed: "La cámara no arrancó. Vuelve a encenderla o sigue con audio.",
      },
      microphone: {
        refused:
          "Nadie te oye: el navegador no deja que Parley use el micrófono. Permítelo en los ajustes de esta página y luego pulsa «Activar el micrófono».",
        missing:
          "Nadie te oye: no se encontró ningún micrófono. Conecta uno y luego pulsa «Activar el micrófono».",
        "in-use":
          "Nadie te oye: otro programa usa el micrófono. Ciérralo y luego pulsa «Activar el micrófono».",
        insecure:
          "Nadie te oye: el navegador solo da el micrófono a una página segura. Abre Parley en su dirección https.",
        failed:
          "Nadie te oye: el micrófono no arrancó. Pulsa «Activar el micrófono» para volver a intentarlo.",
      },
      screen: {
        refused: "No se compartió la pantalla.",
        missing: "No hay nada que compartir.",
        "in-use": "Ahora no se puede compartir la pantalla. Prueba con otra ventana.",
        insecure:
          "El navegador solo comparte la pantalla desde una página segura. Abre Parley en su dirección https.",
        failed: "No se pudo compartir la pantalla. Prueba con otra ventana.",
      },
    },
    lost: (/** @type {string} */ name) => `Tu llamada con ${name} sigue abierta.`,
  },

  gear: {
    title: "Cámara y micrófono",
    camera: "Cámara",
    microphone: "Micrófono",
    speaker: "Altavoz",
    automatic: "Como esté en el dispositivo",
    numbered: {
      camera: (/** @type {number} */ n) => `Cámara ${n}`,
      microphone: (/** @type {number} */ n) => `Micrófono ${n}`,
      speaker: (/** @type {number} */ n) => `Altavoz ${n}`,
    },
    none: {
      camera: "No se encontró ninguna cámara",
      microphone: "No se encontró ningún micrófono",
      speaker: "El dispositivo elige por dónde suena",
    },
    level: "Lo fuerte que suenas",
    chime: "Probar",
    hear: "Probar el altavoz",
    cameraIsOff: "Tu cámara está apagada",
    opening: "La cámara y el micrófono están arrancando…",

    muted: "Tu micrófono está apagado: nadie oye lo que dices.",
    swaps: {
      camera: {
        replaced: (/** @type {string} */ label) =>
          `La cámara ya no está. Ahora se te ve por: ${label}`,
        returned: (/** @type {string} */ label) => `Tu cámara ha vuelto: ${label}`,
        gone: () => "La cámara ya no está. La llamada sigue con audio.",
        kept: (/** @type {string} */ label) => `Esa cámara no arrancó. Se sigue usando: ${label}`,
      },
      microphone: {
        replaced: (/** @type {string} */ label) =>
          `El micrófono ya no está. Ahora se te oye por: ${label}`,
        returned: (/** @type {string} */ label) => `Tu micrófono ha vuelto: ${label}`,
        gone: () => "El micrófono ya no está: nadie te oye. Conecta uno para que te oigan.",
        kept: (/** @type {string} */ label) =>
          `Ese micrófono no arrancó. Se sigue usando: ${label}`,
      },
      speaker: {
        replaced: (/** @type {string} */ label) => `El sonido sale por: ${label}`,
        returned: (/** @type {string} */ label) =>
          `El sonido vuelve a salir por tu altavoz: ${label}`,
        gone: (/** @type {string} */ label) =>
          `El altavoz ya no está: ${label}. El sonido sale por otro.`,
        kept: (/** @type {string} */ label) => `Se sigue usando: ${label}`,
      },
    },

    look: "Probar antes la cámara y el micrófono",
    join: "Entrar ahora",
    ring: "Llamar a todos",
    open: "Abrir sin sonar",

    test: "Probar la cámara y el micrófono",
    testHint: "Mírate y óyete antes de que lo hagan otros.",
    echo: "Mírate y óyete como los demás",
    echoHint:
      "El sonido y la imagen van al servidor y vuelven un segundo después. Nadie más los ve ni los oye, y no se guarda nada.",
    begin: "Empezar la prueba",
    end: "Terminar la prueba",
    again: "Probar otra vez",
    echoed: "Este eres tú, un segundo después",
    results: "Cómo ha ido",
    verdicts: {
      line: {
        waiting: "Conectando con el servidor…",
        good: (/** @type {number} */ ms) =>
          `La conexión es buena: el servidor responde en ${ms} ms.`,
        slow: (/** @type {number} */ ms) =>
          `El servidor responde despacio, en ${ms} ms. Puede que los demás te oigan tarde.`,
        lossy: (/** @type {number} */ percent) =>
          `La conexión pierde un ${percent} % por el camino. El sonido puede cortarse; acércate al wifi.`,
        tcp: (/** @type {number} */ ms) =>
          `Conectado por TCP, en ${ms} ms, porque esta red no deja pasar UDP. Las llamadas funcionan, aunque pueden cortarse más.`,
        failed:
          "No hay conexión para llamadas. Puede que un cortafuegos cierre el puerto de llamadas del servidor; pregunta a quien lo lleva.",
      },
      camera: {
        waiting: "Esperando a que vuelva tu imagen…",
        good: (/** @type {number} */ width, /** @type {number} */ height) =>
          `Tu imagen vuelve, ${width} × ${height}.`,
        off: "La cámara está apagada.",
        missing: "No hay imagen: arriba pone por qué.",
      },
      microphone: {
        waiting: "Di algo: tu voz vuelve un segundo después.",
        good: "Tu voz vuelve.",
        quiet: "Se te oye muy bajo. Acércate al micrófono o elige otro.",
        loud: "Se te oye muy fuerte. Aléjate un poco del micrófono.",
        muted: "El micrófono está apagado.",
        missing: "No hay sonido: arriba pone por qué.",
      },
    },

    lines: {
      fair: (/** @type {string} */ name) => `La conexión de ${name} es débil`,
      poor: (/** @type {string} */ name) => `La conexión de ${name} es mala`,
    },
    brief: { fair: "conexión débil", poor: "conexión mala" },
    ownLine: {
      loss: {
        fair: "Tu conexión pierde un poco de sonido y de imagen.",
        poor: "Tu conexión pierde mucho sonido y mucha imagen. Apagar la cámara puede ayudar.",
      },
      delay: {
        fair: "Tu conexión es lenta: los demás te oyen un poco tarde.",
        poor: "Tu conexión es muy lenta: los demás te oyen tarde. Apagar la cámara puede ayudar.",
      },
    },

    statistics: {
      title: "Estadísticas",
      copy: "Copiar como texto",
      copied: "Copiado.",
      waiting: "Midiendo…",
      path: "Camino",
      paths: {
        udp: "UDP",
        tcp: "TCP",
        relay: "por un relé",
        server: "al servidor",
        direct: "de dispositivo a dispositivo",
      },
      roundTrip: "Ida y vuelta",
      room: "Se puede enviar",
      sent: "Enviado",
      received: "Recibido",
      stream: "Flujo",
      sources: {
        microphone: "Micrófono",
        camera: "Cámara",
        screen: "Pantalla",
        "screen-sound": "Sonido de la pantalla",
      },
      codec: "Códec",
      size: "Tamaño",
      frames: "Imágenes/s",
      rate: "kbit/s",
      loss: "Pérdida",
      jitter: "Fluctuación",
      held: "Frenado por",
      limits: { bandwidth: "la red", cpu: "este dispositivo", other: "otra cosa" },
    },
  },

  gathering: {
    with: (/** @type {string} */ room) => `Llamada en ${room}`,
    rings: (/** @type {string} */ name) => `${name} llama a todos aquí`,
    ringsVideo: (/** @type {string} */ name) => `${name} llama a todos aquí, con vídeo`,
    joining: "Entrando…",
    lobby: "Alguien en la llamada tiene que dejarte entrar.",
    alone: "Todavía no hay nadie más. Los demás pueden entrar cuando quieran.",
    ringsYou: (/** @type {string} */ name) => `${name} te llama a una llamada en curso`,
    waitsYou: (/** @type {string} */ name, /** @type {string} */ room) =>
      `${name} te llama a una llamada en ${room}`,
    addHint: "Sonarán sus dispositivos.",
    addHintNew: "Sonarán sus dispositivos. Quien aún no está en la sala entra y se queda.",
    calling: (/** @type {string} */ names) => `Llamando a ${names}…`,
    callingMany: (/** @type {number} */ n) => `Llamando a ${n} personas…`,
    seats: "Quién está en la llamada",
    you: "Tú",

    raise: "Levantar la mano",
    lower: "Bajar la mano",
    cheer: "Reaccionar",
    cheerWith: (/** @type {string} */ emoji) => `Reaccionar con ${emoji}`,
    people: (/** @type {number} */ n) => `Quién está en la llamada, ${n}`,
    more: "Más",
    toGrid: "Mostrar a todos por igual",
    toSpeaker: "Mostrar en grande a quien habla",
    leave: "Salir de la llamada",

    muted: "micrófono apagado",
    hand: "mano levantada",
    speaking: "habla",
    enlarge: "ver en grande",
    keep: "dejar en grande",
    release: "ver otra vez en pequeño",
    screenOf: (/** @type {string} */ name) => `Pantalla de ${name}`,
    zoomHint: "Más y menos cambian el tamaño, 0 lo muestra todo.",
    youShare: "Estás compartiendo tu pantalla.",
    speaks: (/** @type {string} */ name) => `Habla ${name}`,
    pages: "Páginas",
    page: (/** @type {number} */ n, /** @type {number} */ of) => `Página ${n} de ${of}`,
    nextPage: "Página siguiente",
    previousPage: "Página anterior",

    came: (/** @type {string} */ name) => `${name} entró en la llamada`,
    went: (/** @type {string} */ name) => `${name} salió de la llamada`,
    raised: (/** @type {string} */ name) => `${name} levantó la mano`,
    knocks: (/** @type {string} */ name) => `${name} quiere entrar`,

    panel: "En la llamada",
    waiting: "Esperan para entrar",
    admit: "Dejar entrar",
    turnAway: "No dejar entrar",
    options: (/** @type {string} */ name) => `Opciones de ${name}`,
    volume: (/** @type {string} */ name) => `Volumen de ${name} aquí`,
    silence: "Silenciar",
    putOut: "Sacar de la llamada",
    order: (/** @type {number} */ n) => `mano levantada, número ${n}`,
    noCamera: "cámara apagada",
    shares: "comparte la pantalla",

    silenced: (/** @type {string} */ name) => `${name} te ha silenciado.`,
    silenceAll: "Silenciar a todos los demás",
    unheard: "No se llega al servidor. Lo que has decidido se hará en cuanto vuelva.",
    locked: "Cerrar la llamada",
    lockedHint: "Nadie más puede entrar.",
    door: "Sala de espera",
    doorHint: "Quien quiere entrar espera hasta que alguien abra.",
    rights: "Todos pueden",
    right: {
      speak: "hablar",
      show: "mostrarse",
      share: "compartir la pantalla",
      write: "escribir en la sala",
    },
    close: "Terminar la llamada para todos",
    closeTitle: "¿Terminar la llamada para todos?",
    closeText: "Todos quedan fuera de la llamada al momento. Para irte solo tú, sal de ella.",
    again: "Volver a entrar",
    endings: {
      left: "Has salido de la llamada.",
      closed: "La llamada ha terminado.",
      elsewhere: "Ahora estás en esta llamada en otro de tus dispositivos.",
      tab: "Esta llamada está abierta en otra pestaña de este navegador.",
      out: "Te han sacado de esta llamada.",
      turnedAway: "No te han dejado entrar.",
    },

    bar: (/** @type {number} */ n) => `${n} en la llamada`,
    back: "Volver",
    empty: "Hay una llamada en curso",
    since: (/** @type {string} */ time) => `desde las ${time}`,
    join: "Entrar",
    joinWithCamera: "Entrar con cámara",
    isLocked: "cerrada",
    isOn: "Aquí hay una llamada en curso",
    isElsewhere: "en otro de tus dispositivos",
    takeHere: "Traerla aquí",
    stillOpen: (/** @type {string} */ room) => `Tu llamada en ${room} sigue abierta.`,
    elsewhere: (/** @type {string} */ room) =>
      `Estás en una llamada en ${room} en otro dispositivo.`,
    write: "Mejor escribir",
    waits: (/** @type {string} */ name, /** @type {string} */ room) =>
      `${name} llama a todos en ${room}`,
    notNow: "Ahora no",
    swap: "Salir y entrar",
    anew: "Llamar otra vez",
    begin: { voice: "Empezar una llamada", video: "Empezar una videollamada" },
    ring: "Llamar a todos",
    ringHint: "Suenan todos los dispositivos de la sala.",
    quiet: "Abrir sin sonar",
    quietHint: "Una línea en la sala dice que hay una llamada en curso.",
  },

  asking: {
    ask: {
      speak: "Pedir la palabra",
      show: "Pedir encender la cámara",
      share: "Pedir compartir la pantalla",
      write: "Pedir escribir",
    },
    back: {
      speak: "Has pedido la palabra. Retirar",
      show: "Has pedido encender la cámara. Retirar",
      share: "Has pedido compartir la pantalla. Retirar",
      write: "Has pedido escribir. Retirar",
    },
    waits: "Lo has pedido. Quien dirige la llamada puede permitirlo.",
    wants: {
      speak: (/** @type {string} */ name) => `${name} pide la palabra`,
      show: (/** @type {string} */ name) => `${name} pide encender la cámara`,
      share: (/** @type {string} */ name) => `${name} pide compartir la pantalla`,
      write: (/** @type {string} */ name) => `${name} pide escribir`,
    },
    title: "Piden permiso",
    allow: "Permitir",
    notNow: "Ahora no",
    given: {
      speak: "Ya puedes hablar. Tu micrófono sigue apagado.",
      show: "Ya puedes encender la cámara.",
      share: "Ya puedes compartir la pantalla.",
      write: "Ya puedes escribir en la sala.",
    },
    deferred: {
      speak: "Ahora mismo no puedes hablar.",
      show: "Ahora mismo no puedes encender la cámara.",
      share: "Ahora mismo no puedes compartir la pantalla.",
      write: "Ahora mismo no puedes escribir.",
    },
    may: (/** @type {string} */ name) => `${name} puede`,
    hushed: "Mientras dure la llamada, aquí solo escriben quienes tienen permiso.",
  },

  attendance: {
    title: "Asistencia",
    name: "Nombre",
    first: "Entró",
    last: "Salió",
    minutes: "Minutos",
    present: "sigue aquí",
    people: (/** @type {number} */ n) => count(n, "persona", "personas"),
    lasted: (/** @type {string} */ length) => `La llamada duró ${length}.`,
    lasts: (/** @type {string} */ length) => `La llamada lleva ${length}.`,
    download: "Descargar la tabla",
    file: (/** @type {string} */ room, /** @type {string} */ day) => `Asistencia ${room} ${day}`,
    loading: "Llega la tabla",
  },

  viewer: {
    label: "Foto",
    previous: "Foto anterior",
    next: "Foto siguiente",
    download: "Descargar",
    place: (/** @type {number} */ at, /** @type {number} */ of) => `${at} de ${of}`,
    cannotPlay: "Este navegador no puede reproducir el vídeo. Descárgalo para verlo.",
  },

  gallery: {
    title: "Fotos, vídeos y archivos",
    media: "Fotos y vídeos",
    files: "Archivos",
    noMedia: "Aún no hay fotos ni vídeos",
    noFiles: "Aún no hay archivos",
    hint: "Lo que se envía en esta conversación se reúne aquí.",
    loading: "Cargando",
    failed: "No se pudo cargar.",
  },

  share: {
    title: "Enviar a",
    text: "Elige una conversación. Antes de enviar aún puedes cambiarlo todo.",
    gone: "Ya no queda nada que enviar.",
  },

  storage: {
    title: "Almacenamiento",
    used: (/** @type {string} */ used) => `Tus archivos ocupan ${used}.`,
    of: (/** @type {string} */ used, /** @type {string} */ quota) => `Ocupas ${used} de ${quota}.`,
    hint: "Un archivo desaparece cuando se borra el último mensaje que lo contiene.",
  },

  profile: {
    title: "Perfil",
    name: "Tu nombre",
    about: "Sobre ti",
    aboutHint: "Una frase que los demás ven en tu ficha.",
    picture: "Cambiar la foto",
    removePicture: "Quitar la foto",
    saved: "Guardado.",
    uploading: (/** @type {number} */ percent) => `Enviando tu foto, ${percent} %`,
  },

  settings: {
    title: "Ajustes",
    look: "Aspecto",
    themes: { system: "Sistema", light: "Claro", dark: "Oscuro" },
    sounds: "Sonidos",
    sound: "Sonar con los mensajes nuevos",
    ringing: "Sonar con las llamadas y durante ellas",
    notices: "Notificaciones",
    notify: "Mostrar una notificación con los mensajes nuevos",
    notifyHow:
      "Los contadores, los sonidos y el timbre funcionan mientras Parley está abierto. Activa esto para enterarte cuando miras a otra parte.",
    push: {
      subscribed:
        "Este dispositivo se entera también con Parley cerrado. Lo que se envía va cifrado solo para él.",
      open: "Te enteras mientras Parley está abierto, también en segundo plano.",
      unreachable:
        "Este servidor no alcanza los servicios push de internet, así que las notificaciones llegan solo mientras Parley está abierto.",
      lacks: {
        unsupported:
          "A este navegador no se le puede despertar, así que las notificaciones llegan solo mientras Parley está abierto.",
        "home-screen":
          "En un iPhone, añade primero Parley a la pantalla de inicio; después podrás enterarte aunque esté cerrado.",
        "no-service":
          "Este navegador no alcanza ahora ningún servicio push, así que las notificaciones llegan solo mientras Parley está abierto. Para más hace falta internet.",
      },
      previews: "Mostrar quién escribió y qué",
      previewsHow: "Si no, lo que se envía a tus dispositivos dice solo que ha llegado algo.",
      trying: "Enviando…",
      shownHere: "Mostrada por esta página. No pasó por un servicio push.",
      outcomes: {
        sent: "El servicio push la ha aceptado. Debería aparecer enseguida.",
        gone: "El servicio push ya no conoce este navegador. Desactiva las notificaciones y actívalas de nuevo.",
        later: "El servicio push pide esperar. Inténtalo otra vez en un minuto.",
        unreachable:
          "Este servidor no alcanza el servicio push. Las notificaciones llegan solo mientras Parley está abierto.",
        refused:
          "El servicio push no la ha aceptado. Desactiva las notificaciones y actívalas de nuevo.",
      },
    },
    notifyBlocked:
      "Las notificaciones están bloqueadas. Permítelas para esta página en los ajustes del navegador.",
    notifyNeedsTrust:
      "Las notificaciones necesitan la página segura. Instala antes el certificado.",
    test: "Enviarme una notificación de prueba",
    devices: "Tus dispositivos",
    here: "Este dispositivo",
    since: (/** @type {string} */ day) => `Añadido: ${day}`,
    signOutDevice: (/** @type {string} */ name) => `Cerrar la sesión de ${name}`,
    signOutDeviceText:
      "Su sesión se cierra al momento, y lo que guardaba se borra la próxima vez que se abra.",
    signOut: "Cerrar sesión",
    signOutTitle: "¿Cerrar la sesión en este dispositivo?",
    signOutText:
      "Se borra lo que guardaba este dispositivo. Tus mensajes se quedan en el servidor.",
    signOutWaiting: (/** @type {number} */ n) =>
      n === 1
        ? "Hay 1 mensaje que aún no se envió y se perderá."
        : `Hay ${n} mensajes que aún no se enviaron y se perderán.`,
    about: "Acerca de Parley",
    aboutText:
      "Tus mensajes, archivos y llamadas quedan entre vuestros dispositivos y el ordenador donde funciona Parley.",
    edit: "Editar el perfil",
    language: "Idioma",
    languageSystem: "Sistema",
    languageMissing: "No se pudo cargar ese idioma. Llegará con la conexión.",
    version: (/** @type {string} */ version) => `Versión ${version}.`,
    activeNow: "activo ahora",
    renameDevice: (/** @type {string} */ name) => `Cambiar el nombre de ${name}`,
    renameTitle: "Cambiar el nombre de este dispositivo",
    deviceName: "Nombre del dispositivo",
    addDevice: "Añadir un dispositivo",
  },

  invite: {
    title: "Invitar a gente",
    hint: "Escanean este código con la cámara del móvil, escriben un nombre y ya están aquí.",
    qr: "Código QR con la invitación",
    copy: "Copiar el enlace",
    copied: "Copiado.",
    share: "Compartir el enlace",
    until: (/** @type {string} */ day) =>
      `Vale hasta: ${day}, para todas las personas que quieras.`,
    one: "Un enlace para una persona",
    many: "Un código para muchas",
    oneUntil: (/** @type {string} */ day) => `Vale una sola vez, hasta: ${day}.`,
    loading: "Creando una invitación…",
  },

  connection: {
    connecting: "Conectando…",
    offline: "Sin conexión. Lo que escribas se enviará más tarde.",
    now: "Intentar ahora",
    why: "¿Por qué?",
    noNetwork: "Este dispositivo no está en ninguna red. Activa el wifi o acércate a él.",
    noAnswer:
      "El ordenador en el que funciona Parley no responde. Puede estar apagado o en reposo; o este dispositivo está en otra red, o una red de invitados, una VPN o un cortafuegos los separa.",
  },

  update: {
    ready: "Hay una versión nueva lista.",
    reload: "Recargar",
    inCall: "Se puede cargar después de la llamada.",
  },

  install: {
    title: "Ten Parley a mano",
    text: "Instálalo y se abrirá desde la pantalla de inicio como cualquier otra aplicación.",
    button: "Instalar",
    ios: "En Safari, toca Compartir y luego «Añadir a pantalla de inicio».",
    later: "Ahora no",
  },

  notice: {
    message: "Mensaje nuevo",
    voice: "Mensaje de voz",
    gone: "Mensaje borrado",
    ring: "Llamada entrante",
    ringVideo: "Videollamada entrante",
    missed: "Llamada perdida",
    over: "La llamada ha terminado",
    test: "Así se verá un mensaje.",
  },

  failures: {
    lost: "Ahora mismo no hay conexión con el servidor.",
    internal: "Algo salió mal. Inténtalo de nuevo.",
    unkept:
      "La página terminó antes de que se guardaran los archivos de este mensaje. Adjúntalos de nuevo; el texto sigue aquí.",
    unreadable:
      "Un archivo de este mensaje ya no se puede leer: se modificó, se movió o se eliminó. Adjúntalo de nuevo.",
  },

  waitingByCode: {
    how: (/** @type {string} */ name) =>
      `Tu otro dispositivo muestra el mismo número. Di que sí allí, y este también será de ${name}.`,
    refused: "Se rechazó en el otro dispositivo.",
    expired: "Nadie dijo que sí a tiempo. Haz que tu otro dispositivo muestre un código nuevo.",
    back: "Atrás",
  },

  codeEntry: {
    label: "Código",
    how: "En el dispositivo que ya usas, abre Ajustes y luego «Añadir un dispositivo». Muestra ocho letras y cifras.",
    go: "Continuar",
    busy: "Preguntando…",
  },

  exports: {
    title: "Llévate tus conversaciones",
    hint: "Un archivo comprimido con una página por conversación, que cualquier navegador abre sin Parley.",
    files: "Con fotos y archivos",
    all: "Exportar mis conversaciones",
    one: "Exportar esta conversación",
  },

  blocks: {
    block: "Bloquear",
    unblock: "Desbloquear",
    unblockName: (/** @type {string} */ name) => `Desbloquear a ${name}`,
    title: (/** @type {string} */ name) => `¿Bloquear a ${name}?`,
    text: (/** @type {string} */ name) =>
      `${name} ya no podrá escribirte ni llamarte, ni verá si estás aquí. No se le avisa. En las salas, sus mensajes aparecen plegados para ti. Lo escrito se queda.`,
    isBlocked: (/** @type {string} */ name) =>
      `Bloqueaste a ${name}: no podéis escribiros ni llamaros, y no ve si estás aquí.`,
    closed: (/** @type {string} */ name) => `Bloqueaste a ${name}.`,
    message: "Mensaje de alguien a quien bloqueaste.",
    show: "Mostrar",
    people: "Gente que bloqueaste",
  },

  status: {
    title: "Tu estado",
    dots: {
      online: "en línea",
      idle: "lejos del dispositivo",
      away: "ausente",
      busy: "no molestar",
    },
    kinds: { available: "Disponible", away: "Ausente", busy: "No molestar" },
    kind: "Cómo estás",
    busyHint: "Con «No molestar», esta página no suena ni muestra notificaciones.",
    text: "En pocas palabras",
    placeholder: "Lo que deberían saber los demás",
    ideas: "Sugerencias",
    idea: ["🍽️ Comiendo", "📚 Estudiando", "🚶 Por ahí", "🌴 De vacaciones", "😴 Durmiendo"],
    ends: "Termina",
    ending: {
      never: "Cuando lo cambie",
      half: "En 30 minutos",
      hour: "En 1 hora",
      today: "Hoy a medianoche",
      at: "A una hora",
    },
    at: "Termina a las",
    clear: "Borrar el estado",
    change: "Poner un estado",
    until: (/** @type {string} */ when) => `hasta: ${when}`,
    past: "Elige una hora que aún no haya pasado.",
  },

  pairing: {
    title: "Añadir un dispositivo",
    hint: "Escanea este código con la cámara del dispositivo nuevo.",
    qr: "Código QR para el dispositivo nuevo",
    typed: "¿Sin cámara? Abre Parley allí, elige «Tengo un código» y escribe",
    left: (/** @type {string} */ time) => `Vale una vez, ${time} más.`,
    again: "Mostrar un código nuevo",
    ends: {
      shown: "",
      over: "Este código ya no vale.",
      wrong: "Alguien escribió mal este código cinco veces, así que ya no vale.",
      used: "Un dispositivo pide entrar. Di que sí o que no aquí.",
    },
    added: (/** @type {string} */ device) => `${device} ya tiene la sesión abierta.`,
    done: "Listo",
    loading: "Creando un código…",
  },

  attention: {
    title: "Notificaciones",
    levels: { all: "Todos los mensajes", mentions: "Menciones", none: "Nada" },
    loud: "Sin silenciar",
    mute: "Silenciar",
    unmute: "Dejar de silenciar",
    muteTitle: "¿Silenciar esta conversación?",
    muteHint:
      "Los mensajes siguen llegando y se cuentan en gris. Nadie más se entera, y las llamadas siguen sonando.",
    spans: {
      hour: "Durante 1 hora",
      eight: "Durante 8 horas",
      week: "Durante 1 semana",
      forGood: "Hasta que lo cambie",
    },
    mutedUntil: (/** @type {string} */ day, /** @type {string} */ time) =>
      `Silenciada hasta: ${day}, ${time}`,
    mutedForGood: "Silenciada hasta que lo cambies",
    muted: "Silenciada",
  },

  rooms: {
    everyone: "Todos",
    everyoneTopic: "Aquí están todas las personas que han entrado.",
    room: "Sala",
    members: (/** @type {number} */ n) => count(n, "persona", "personas"),
    writing: (/** @type {string} */ names) => `${names}: escribiendo…`,
    and: (/** @type {string} */ one, /** @type {string} */ other) => `${one} y ${other}`,
    severalWriting: (/** @type {number} */ n) => `${count(n, "persona", "personas")} escribiendo…`,
    onlyLeaders: "Aquí solo escriben quien tiene la sala y quienes moderan.",
    onlyHosts: "Aquí solo escribe quien organiza.",
    quiet: "Aquí aún no se ha dicho nada.",
    say: "Escribe abajo el primer mensaje.",

    outOf: (/** @type {string} */ name) => `Ya no estás en ${name || "esta sala"}.`,
    outOfHint: "Lo que se dice allí ya no te llega, y se borró de este dispositivo.",
    notThere: "Esta sala no existe, o no estás en ella.",
    notThereHint: "Pide a alguien que esté en ella que te añada.",
    barred: "Te quitaron de esta sala. Quien la tiene puede volver a añadirte.",
    backToChats: "Volver a los chats",

    start: "Sala nueva",
    find: "Buscar salas",
    menu: "Salas",
    make: "Crear la sala",
    making: "Creando la sala…",
    title: "Nombre de la sala",
    titleHint: "Una familia, una clase, un proyecto…",
    topic: "De qué se trata",
    picture: "Foto de la sala",
    choosePicture: "Elegir una foto",
    removePicture: "Quitar la foto",
    who: "¿Quién está en ella?",
    chosen: (/** @type {number} */ n) => count(n, "persona elegida", "personas elegidas"),
    search: "Buscar gente",
    nobody: "Aún no ha entrado nadie más. Puedes añadir gente más tarde.",
    next: "Siguiente",

    rules: "Reglas",
    isPublic: "Cualquiera de la casa puede encontrarla y unirse",
    isPublicHint: "Si no, alguien que esté en ella tiene que añadir a la gente.",
    announcements: "Solo para anuncios",
    announcementsHint: "Quien la tiene y quienes moderan escriben; los demás leen.",
    history: "Quien se une después ve todo lo dicho antes",
    historyHint: "Si no, ve solo lo que se diga desde entonces.",

    findLabel: "Salas públicas",
    findHint: "Salas a las que puede unirse cualquiera de la casa.",
    findNone: "Aún no hay ninguna sala pública.",
    findNoMatch: (/** @type {string} */ query) => `Ninguna sala pública trata de «${query}».`,
    join: "Unirme",
    joinRoom: (/** @type {string} */ name) => `Unirme a ${name}`,
    open: "Abrir",
    openRoom: (/** @type {string} */ name) => `Abrir ${name}`,
    more: "Mostrar más",

    edit: "Editar la sala",
    saved: "Guardado.",
    uploading: (/** @type {number} */ percent) => `Subiendo, ${percent} %`,
    noTopic: "Aún sin tema.",
    link: "Copiar el enlace a esta sala",
    linkCopied: "Enlace copiado. Se abre para la gente de la casa que pueda unirse.",
    add: "Añadir gente",
    addChosen: (/** @type {number} */ n) => `Añadir ${count(n, "persona", "personas")}`,
    allThere: "Toda la gente está ya en esta sala.",
    you: "Tú",
    roles: { owner: "Tiene la sala", moderator: "Modera", member: "Participa", host: "Organiza" },
    options: (/** @type {string} */ name) => `Opciones para ${name}`,
    write: "Escribir un mensaje",
    makeModerator: "Dejar que modere",
    makeMember: "Que deje de moderar",
    makeOwner: "Ceder la sala",
    makeOwnerTitle: (/** @type {string} */ name) => `¿Ceder la sala a ${name}?`,
    makeOwnerText: "Desde entonces la sala será suya, y tú seguirás moderando.",
    remove: "Quitar de la sala",
    removeTitle: (/** @type {string} */ name) => `¿Quitar a ${name} de la sala?`,
    removeText: "Lo que se diga aquí ya no le llegará, y lo dicho desaparecerá para esa persona.",
    leave: "Salir de la sala",
    leaveTitle: (/** @type {string} */ name) => `¿Salir de ${name}?`,
    leaveText: "Lo que se diga allí ya no te llegará, y desaparecerá de tus dispositivos.",
    leaveOwner: "La sala pasa a alguien que modera, o a quien lleve más tiempo en ella.",
    leaveLast: "No queda nadie más: nadie podrá volver a ella.",

    setting: "La sala «Todos»",
    settingHint:
      "Toda la gente de la casa está en ella desde el primer momento. Desactivada, nadie la ve.",

    notice: {
      created: (/** @type {string} */ by) => `${by} creó esta sala`,
      createdByMe: "Creaste esta sala",
      everyone: "Toda la gente de la casa está en esta sala",
      joined: (/** @type {string} */ by) => `${by} se unió`,
      joinedMe: "Te uniste",
      added: (/** @type {string} */ by, /** @type {string} */ whom) => `${by} añadió a ${whom}`,
      addedByMe: (/** @type {string} */ whom) => `Añadiste a ${whom}`,
      addedMe: (/** @type {string} */ by) => `${by} te añadió`,
      left: (/** @type {string} */ by) => `${by} salió`,
      leftMe: "Saliste",
      removed: (/** @type {string} */ by, /** @type {string} */ whom) => `${by} quitó a ${whom}`,
      removedByMe: (/** @type {string} */ whom) => `Quitaste a ${whom}`,
      removedMe: (/** @type {string} */ by) => `${by} te quitó`,
      gone: (/** @type {string} */ whom) => `${whom} ya no está aquí`,
      call: (/** @type {string} */ by) => `${by} inició una llamada`,
      callByMe: "Iniciaste una llamada",
      videoCall: (/** @type {string} */ by) => `${by} inició una videollamada`,
      videoCallByMe: "Iniciaste una videollamada",
      callOver: (/** @type {string} */ length, /** @type {string} */ who) =>
        `La llamada terminó · ${length} · ${who}`,
      callMissed: (/** @type {string} */ length, /** @type {string} */ who) =>
        `Llamada perdida · ${length} · ${who}`,
      andOthers: (/** @type {number} */ n) => `${n} más`,
      owner: (/** @type {string} */ whom) => `La sala es ahora de ${whom}`,
      ownerMe: "La sala es ahora tuya",
      moderator: (/** @type {string} */ whom) => `${whom} modera ahora`,
      moderatorMe: "Ahora moderas",
      member: (/** @type {string} */ whom) => `${whom} ya no modera`,
      memberMe: "Ya no moderas",
      title: (/** @type {string} */ by, /** @type {string} */ title) =>
        `${by} llamó a la sala «${title}»`,
      titleByMe: (/** @type {string} */ title) => `Llamaste a la sala «${title}»`,
      topic: (/** @type {string} */ by, /** @type {string} */ topic) =>
        `${by} cambió el tema a «${topic}»`,
      topicByMe: (/** @type {string} */ topic) => `Cambiaste el tema a «${topic}»`,
      noTopic: (/** @type {string} */ by) => `${by} quitó el tema`,
      noTopicByMe: "Quitaste el tema",
      picture: (/** @type {string} */ by) => `${by} cambió la foto`,
      pictureByMe: "Cambiaste la foto",
      rules: (/** @type {string} */ by) => `${by} cambió las reglas de la sala`,
      rulesByMe: "Cambiaste las reglas de la sala",
      everyoneOn: "La sala se activó",
    },
  },

  crop: {
    title: "Elige tu foto",
    square: "La parte que ven los demás",
    how: "Arrástrala o usa las flechas.",
    zoom: "Más cerca o más lejos",
    use: "Usar esta foto",
    failed: "No se pudo recortar esta foto. Elige otra.",
  },

  search: {
    messages: "Mensajes",
    open: "Buscar en esta conversación",
    here: "Buscar en esta conversación",
    close: "Cerrar la búsqueda",
    looking: "Buscando…",
    none: "Ningún mensaje dice eso.",
    partial: "Es muy corto, así que solo se miraron los 50.000 mensajes más recientes.",
    notReady: "El servidor aún prepara la búsqueda; por un momento pueden faltar mensajes.",
    offline: "Los mensajes se buscan en el servidor, y ahora mismo no hay conexión con él.",
    more: "Mensajes más antiguos",
    older: "Resultado más antiguo",
    newer: "Resultado más reciente",
    aside: "En un hilo:",
    poll: "Encuesta:",
    count: (/** @type {string} */ all) => `Encontrados: ${all}`,
    place: (/** @type {number} */ at, /** @type {string} */ all) => `${at} de ${all}`,
    filters: "Filtros",
    from: "De",
    anybody: "Cualquiera",
    you: "Mí",
    since: "Desde",
    until: "Hasta",
    hasFile: "Con un archivo",
    clearFilters: "Quitar filtros",
    whoWhere: (/** @type {string} */ who, /** @type {string} */ where) => `${who} · ${where}`,
  },

  /** By the code of a refusal, and by code and field where that says more. */
  errors: {
    "bad-frame": "La página y el servidor no se entendieron. Recarga la página.",
    "bad-field": "Algo de eso no está bien. Revísalo y vuelve a intentarlo.",
    "bad-field about": "Es demasiado largo. Acórtalo y vuelve a intentarlo.",
    "bad-field avatar": "Ese archivo no es una imagen que este servidor pueda leer.",
    "bad-field files": "Un archivo de este mensaje aún no se ha subido del todo.",
    "bad-field text": "Un mensaje necesita algo de texto o un archivo.",
    "bad-host": "Este servidor no conoce la dirección que abriste. Vuelve a escanear el código.",
    "bad-name": "Ese nombre no sirve aquí. Usa letras, cifras o emojis, 40 caracteres como mucho.",
    "bad-origin": "Esa página no puede usar este servidor. Abre la dirección del propio servidor.",
    "call-closed": "Ahora no puedes entrar en esta llamada: está cerrada.",
    "call-lobby": "Alguien de la llamada tiene que dejarte entrar.",
    "call-over": "Esa llamada ya terminó.",
    expired: "Tardó demasiado o ya se había usado. Empieza de nuevo.",
    "in-a-call": "Ya estás en una llamada, o hay una sonando. Termínala antes.",
    "in-use": "Esta subida continúa en otra pestaña o en otro dispositivo.",
    internal: "Algo salió mal. Inténtalo de nuevo.",
    "invitation-expired": "Esa invitación caducó. Pide una nueva.",
    "invitation-needed": "Para entrar aquí necesitas una invitación.",
    "invitation-spent": "Esa invitación ya se usó. Pide una nueva.",
    "name-taken": "Aquí ya hay alguien con ese nombre.",
    "not-allowed": "Eso no se puede hacer aquí, o no puedes hacerlo tú.",
    "not-connected": "Eso no está conectado ahora mismo. Inténtalo de nuevo.",
    "not-found": "Eso no está aquí, o ya no está.",
    "not-read": "El servidor no pudo leerlo. Inténtalo de nuevo en un momento.",
    "not-saved": "El servidor no pudo guardarlo. Inténtalo de nuevo en un momento.",
    "This server of the house has lost touch with the others. Please try again in a moment.":
      "Este servidor de la casa perdió el contacto con los demás. Vuelve a intentarlo en un momento.",
    "signed-out": "Se cerró la sesión de este dispositivo. Vuelve a entrar.",
    "slow-down": "Fueron demasiadas veces. Espera un poco y vuelve a intentarlo.",
    "too-big": "Es demasiado grande para este servidor.",
    "too-many":
      "Hay demasiado en marcha a la vez. Espera a que algo termine y vuelve a intentarlo.",
    "unknown-command": "El servidor aún no conoce eso. Recarga la página.",
    "wrong-offset": "La subida no encajaba. Vuelve a enviar el archivo.",
    "wrong-type": "El servidor no acepta ese tipo de contenido.",
    "wrong-version": "La página es más antigua que el servidor. Recárgala.",
    "over-quota":
      "Tus archivos ocupan todo el espacio que tienes en este servidor. Borra algunos antiguos y vuelve a intentarlo.",
    "stands-already": "Eso ya está así.",
    "wrong-checksum": "Algo llegó mal al subirlo. Vuelve a enviar el archivo.",

    // By the server's own sentence, where the code alone would say too little; # is a number
    "A call between two people rings; only a room has one to join.":
      "Una llamada entre dos suena; solo en una sala hay una a la que unirse.",
    "A call is between two people: start it in the conversation with one person.":
      "Una llamada es entre dos personas: empiézala en la conversación con una de ellas.",
    "Everybody of the house is in this room, and may read all of it.":
      "Toda la gente de la casa está en esta sala y puede leerlo todo.",
    "Everybody of the house is in this room. Mute it if it is too much.":
      "Toda la gente de la casa está en esta sala. Silénciala si te cansa.",
    "Only the owner of this room may do that.": "Solo puede hacerlo quien tiene esta sala.",
    "Only the owner and the moderators of this room may do that.":
      "Solo pueden hacerlo quien tiene esta sala y quienes la moderan.",
    "In this room only its owner and moderators write.":
      "En esta sala solo escriben quien la tiene y quienes la moderan.",
    "It is there already.": "Ya existe.",
    "Only the host may change the room of the whole house.":
      "Solo quien organiza puede cambiar la sala de toda la casa.",
    "Only the host may invite people.": "Solo quien organiza puede invitar.",
    "Only the host may remove a person.": "Solo quien organiza puede eliminar a alguien.",
    "The host cannot be removed.": "No se puede eliminar a quien organiza.",
    "That is how this call is already.": "La llamada ya está así.",
    "That is how this room is already.": "La sala ya está así.",
    "That was refused on the other device.": "Se rechazó en el otro dispositivo.",
    "That was refused on the other device. Please try again in ten minutes.":
      "Se rechazó en el otro dispositivo. Inténtalo de nuevo en diez minutos.",
    "Nobody who may let you in is in the call right now.":
      "Ahora mismo no está en la llamada nadie que pueda dejarte entrar.",
    "The call has not been answered yet.": "Todavía no se ha respondido la llamada.",
    "The other device is not connected right now.":
      "El otro dispositivo no está conectado ahora mismo.",
    "The server cannot pass on sound and pictures right now.":
      "El servidor no puede transmitir sonido ni imagen ahora mismo.",
    "The servers of this house do not hear each other just now. Please try again.":
      "Los servidores de esta casa no se oyen entre sí ahora mismo. Inténtalo de nuevo.",
    "This server has nothing that could carry the call right now.":
      "Este servidor no tiene ahora mismo por dónde llevar la llamada.",
    "This file has been sent. Delete the message it is in.":
      "Este archivo ya se envió. Elimina el mensaje en el que está.",
    "This is your own call; the other person answers it.":
      "Es tu propia llamada; tiene que responderla la otra persona.",
    "Who began the call may end it for all, and the owner and moderators of the room.":
      "Solo pueden terminarla para todos quien la empezó, quien tiene la sala y quienes la moderan.",
    "You are in this room already.": "Ya estás en esta sala.",
    "They are in another call. Try again later.":
      "Esa persona está en otra llamada. Inténtalo más tarde.",
    "They are in this room already.": "Esa persona ya está en esta sala.",
    "They have that role already.": "Esa persona ya tiene ese papel.",
    "You were removed from this room. Ask its owner to add you again.":
      "Te sacaron de esta sala. Pide que te añadan de nuevo.",
    "Nobody can write in that conversation.": "En esa conversación nadie puede escribir.",
    "That is not a room.": "Eso no es una sala.",
    "There is nothing to hear of that conversation.": "De esa conversación no hay nada que oír.",
    "This person cannot be reached here.": "No se puede contactar aquí con esta persona.",
    "This person has been removed and can no longer be reached.":
      "Se eliminó a esta persona y ya no se puede contactar con ella.",
    "You blocked this person. Unblock them first.":
      "Bloqueaste a esta persona. Desbloquéala primero.",
    "A poll stays where it was asked.": "Una encuesta se queda donde se hizo.",
    "Only the owner may put out a moderator, and nobody the owner.":
      "Solo quien tiene la sala puede sacar a quien modera, y a quien la tiene, nadie.",
    "Only the owner may remove a moderator, and nobody the owner.":
      "Solo quien tiene la sala puede quitar a quien modera, y a quien la tiene, nadie.",
    "Only who asked can close a poll.": "Una encuesta solo la cierra quien la hizo.",
    "Only who wrote a message can ask who has read it.":
      "Quién ha leído un mensaje solo lo sabe quien lo escribió.",
    "Only who wrote a message can delete it.": "Un mensaje solo lo elimina quien lo escribió.",
    "Only who wrote a message can edit it.": "Un mensaje solo lo edita quien lo escribió.",
    "That is said in a thread already: answer there.": "Eso ya está en un hilo: responde allí.",
    "That is said in a thread already: follow that one.": "Eso ya está en un hilo: sigue ese.",
    "This poll is closed.": "Esta encuesta está cerrada.",
    "What was forwarded, and a question with votes, stay as they are.":
      "Lo reenviado, y una pregunta con votos, se quedan como están.",
    "Somebody is already asking to be let in by that name. Please try in ten minutes.":
      "Ya hay alguien pidiendo entrar con ese nombre. Inténtalo en diez minutos.",
    "This device has too many connections open. Close a tab and try again.":
      "Este dispositivo tiene demasiadas conexiones abiertas. Cierra una pestaña e inténtalo de nuevo.",
    "While this call is on, only those write here who were allowed to.":
      "Mientras dure esta llamada, aquí solo escriben quienes tienen permiso.",
    "You made a room ring # times. Wait # min, or start it without ringing.":
      "Has hecho sonar una sala # veces. Espera # min o empieza sin que suene.",
    "You made a room ring # times. Wait # min, then add them.":
      "Has hecho sonar una sala # veces. Espera # min y añádelos entonces.",
    "You are calling many people already. Wait until they answer.":
      "Ya estás llamando a muchas personas. Espera a que respondan.",
    "You made a room ring # times. Wait # min, then call them.":
      "Has hecho sonar una sala # veces. Espera # min y llámalos entonces.",
    "# people are named in this call. Change what holds for all of them.":
      "En esta llamada hay # personas con nombre. Cambia lo que vale para todas.",
    "A call rings for # people at most. Start it without ringing.":
      "Una llamada suena como mucho para # personas. Empiézala sin que suene.",
    "This call is full: it holds # people.": "Esta llamada está llena: caben # personas.",
    "This room is full: it holds # people.": "Esta sala está llena: caben # personas.",
    "A room holds # people.": "En una sala caben # personas.",
    "# people have been in this call. Start another one.":
      "Ya han pasado # personas por esta llamada. Empieza otra.",
    "# uploads are unfinished. Finish or cancel some of them first.":
      "Hay # subidas sin terminar. Termina o cancela primero algunas.",
    "You can put # different emoji under one message.":
      "Puedes poner # emojis distintos bajo un mensaje.",
    "# different emoji are here; choose one of them.":
      "Aquí hay ya # emojis distintos; elige uno de ellos.",
    "# messages are pinned here; let one of them go first.":
      "Aquí hay ya # mensajes fijados; suelta primero uno.",
    "You have blocked # people. Unblock somebody first.":
      "Has bloqueado a # personas. Desbloquea antes a alguna.",
    "A room has at most # moderators.": "Una sala tiene como mucho # personas que moderan.",
    "A message can be edited # times.": "Un mensaje se puede editar # veces.",
    "That code is not right. Compare it with what your other device shows.":
      "Ese código no es correcto. Compáralo con el que muestra tu otro dispositivo.",
    "That code was typed wrong five times, so it ended. Let your other device show a new one.":
      "Ese código se escribió mal cinco veces, así que ya no vale. Haz que tu otro dispositivo muestre uno nuevo.",
    "That code is no longer good. Let your other device show a new one.":
      "Ese código ya no vale. Haz que tu otro dispositivo muestre uno nuevo.",
    "The server's disk has no room for this file. Ask the host to make room.":
      "En el disco del servidor no hay sitio para este archivo. Pide a quien organiza que haga sitio.",
    "The bytes of this file are missing on the server. The host may have a backup.":
      "El contenido de este archivo falta en el servidor. Puede que quien organiza tenga una copia.",
    "A message needs some text. To take it back, delete it.":
      "Un mensaje necesita texto. Para retirarlo, elimínalo.",
    "What is forwarded is sent as it is; say more in another message.":
      "Lo reenviado se envía tal cual; di más en otro mensaje.",
    "A poll needs a question, and options that differ.":
      "Una encuesta necesita una pregunta y opciones distintas.",
    "In this poll one chooses a single option.": "En esta encuesta se elige una sola opción.",
    "Please choose a time that is still to come, within a year.":
      "Elige un momento que aún no haya llegado, dentro de un año.",
    "You cannot block yourself.": "No puedes bloquearte a ti mismo.",
  },
};
