/** A photo made smaller before it is sent: less to wait for, and nothing in it but what it shows. */

const LONG_SIDE = 2048; // pixels
const QUALITY = 0.82;
const WORTH_IT = 0.9; // of the bytes there were; else it goes as it is
const SMALL = 512 * 1024; // bytes of a photo that is not too large in pixels either: packing it again would only cost quality
const ENDINGS = /** @type {const} */ ({ "image/jpeg": "jpg", "image/webp": "webp" });

/** Which photos can be made smaller; a GIF may move, and what the browser cannot read stays. @param {File} file */
export function canShrink({ type }) {
  return /^image\/(jpeg|png|webp|avif|heic|heif)$/.test(type);
}

/**
 * The photo at most 2048 pixels a side, upright; the same file where nothing is gained. Reading and packing are the
 * browser's own, beside the page's thread.
 * @param {File} file
 * @returns {Promise<File>}
 */
export async function shrunk(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(image.width, image.height));
    if (scale === 1 && file.size <= SMALL) return file;
    const [width, height] = [image.width * scale, image.height * scale].map((side) =>
      Math.max(1, Math.round(side)),
    );
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, width, height);
    image.close();
    const clear = /^image\/(png|webp|avif)$/.test(file.type); // may let through what is behind it
    const type = clear ? "image/webp" : "image/jpeg";
    const blob = await canvas.convertToBlob({ type, quality: QUALITY });
    if (blob.type !== type || blob.size > file.size * WORTH_IT) return file;
    const name = `${file.name.replace(/\.\w{1,5}$/, "")}.${ENDINGS[type]}`;
    return new File([blob], name, { type, lastModified: file.lastModified });
  } catch {
    return file; // what cannot be read here goes as it is; the server takes the place out of it
  }
}
