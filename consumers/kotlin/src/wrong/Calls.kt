package org.example

import io.github.matrixsync.SyncEngine
import io.github.matrixsync.store.memory.MemoryEventStore
import java.time.Duration

/** Must not compile: the user of a stream must not be null. */
fun main() {
    SyncEngine.builder(MemoryEventStore.create()).build().use { engine ->
        engine.stream(null, null, Duration.ZERO)
    }
}
