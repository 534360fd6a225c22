import { fileURLToPath } from 'node:url';

const path = (name: string): string => fileURLToPath(new URL(`../samples/${name}`, import.meta.url));

/** Absolute path of a 5 s H.264 + AAC video of 640x480 (MP4). */
export const sampleVideo = path('video.mp4');

/** Absolute path of a 4 s mono MP3. */
export const sampleAudio = path('audio.mp3');

/** Absolute path of a 640x480 JPEG. */
export const sampleImage = path('image.jpg');

/** The folder of the three, absolute. */
export const samplesDir = path('.');
