/** Long enough for every browser to have taken the file. ms */
const TAKEN_MS = 60_000;

/** Gives a file to the person, as a download of the browser. */
export const keepFile = (file: File): void => {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_MS);
};
