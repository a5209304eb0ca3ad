package io.jenkins.plugins.buildkit.housekeeping;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Has builders looked after when a build ends that used one: those that go with their builds go now, not in an hour. */
@Extension
@SuppressWarnings("rawtypes") // as the listener is declared
public final class EndedBuilds extends RunListener<Run> {
    private static final Logger LOG = Logger.getLogger(EndedBuilds.class.getName());

    @Override
    public void onFinalized(Run run) {
        try {
            if (BuilderLedger.get().isUsedBy(run.getExternalizableId())) {
                ExtensionList.lookupSingleton(LeakedBuilders.class).doRun();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "builders are looked after later", e);
        }
    }
}
