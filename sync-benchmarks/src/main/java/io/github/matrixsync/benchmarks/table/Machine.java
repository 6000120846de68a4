package io.github.matrixsync.benchmarks.table;

import java.lang.management.ManagementFactory;

/** Describes the machine and the JDK. */
final class Machine {
  private Machine() {}

  /** Returns cores, memory, system and JDK in one line. */
  static String describe() {
    long memory = 0;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      memory = system.getTotalMemorySize();
    }
    return "%d cores, %s of memory, %s %s; JDK %s (%s)"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Amount.bytes(memory),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.runtime.version"),
            System.getProperty("java.vm.name"));
  }
}
