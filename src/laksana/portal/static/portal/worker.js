// Looks for the number behind a hash.
onmessage = async ({ data: { challenge, salt, most } }) => {
  const encoder = new TextEncoder();
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const batch = 200;
  for (let first = 0; first <= most; first += batch) {
    const numbers = Array.from({ length: Math.min(batch, most - first + 1) }, (_, place) => first + place);
    const hashes = await Promise.all(numbers.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(salt + number))));
    const found = hashes.findIndex((hash) => hex(hash) === challenge);
    if (found >= 0) return postMessage(first + found);
  }
  postMessage(null);
};
