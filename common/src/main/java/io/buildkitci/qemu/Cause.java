package io.buildkitci.qemu;

/** Why a platform has no emulator. */
public enum Cause {
    /** There is no emulator for it. */
    NOT_EMULATABLE,
    /** No QEMU binary is on this machine. */
    NO_INTERPRETER,
    /** The kernel's files may not be written from here. */
    NOT_PERMITTED,
    /** This kernel has no binfmt_misc, or it could not be mounted. */
    NOT_MOUNTED,
    /** Somebody switched binfmt_misc off. */
    SWITCHED_OFF,
    /** The kernel did not take the entry. */
    REFUSED,
    /** It was registered, and programs still do not run; the entry was taken back. */
    DOES_NOT_RUN,
    /** The engine could not run the image that installs emulators. */
    ENGINE
}
