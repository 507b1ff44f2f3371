// Where a helper worker of the CPU engine begins: it gets the engine's compiled module by message, and starts
// the same program on it (src/engine/helpers/).
import * as program from "./engine_cpu.js";

onmessage = async ({ data }) => {
  onmessage = null;
  try {
    await program.default({ module_or_path: data });
    program.telar_help();
  } catch (error) {
    // Outside a promise, so that the engine hears of it.
    setTimeout(() => { throw error; });
  }
};
